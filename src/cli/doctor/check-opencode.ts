import type { Messages } from '../messages.ts';
import type { FoundProgram } from './find-program.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** The line of versions whose API the daemon speaks. */
const SUPPORTED = '1.18';

export function checkOpencode(found: FoundProgram | null, command: string, { doctor }: Messages): Finding {
  if (found === null) {
    return fail('opencode', doctor.opencodeMissing(command), doctor.opencodeMissingRemedy());
  }
  const { version, path } = found;
  if (version === null) return warn('opencode', doctor.opencodeSilent(path), doctor.opencodeSilentRemedy());
  if (version.startsWith(`${SUPPORTED}.`)) return ok('opencode', doctor.opencode(version, path));
  return warn(
    'opencode',
    doctor.opencodeOther(version, `${SUPPORTED}.x`),
    doctor.opencodeOtherRemedy(SUPPORTED),
  );
}
