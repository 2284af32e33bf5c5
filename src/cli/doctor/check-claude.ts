import type { Messages } from '../messages.ts';
import type { FoundProgram } from './find-program.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { isAtLeast, type Version, writeVersion } from './version.ts';

/** The first that loads mods. An older one is served by the PreToolUse hook. */
const LEAST_FOR_MODS: Version = [2, 1, 287];

export function checkClaude(found: FoundProgram | null, { doctor }: Messages): Finding {
  if (found === null) return fail('claude-code', doctor.claudeMissing(), doctor.claudeMissingRemedy());
  const { version, path } = found;
  if (version === null) return warn('claude-code', doctor.claudeSilent(path), doctor.claudeSilentRemedy());
  if (isAtLeast(version, LEAST_FOR_MODS)) return ok('claude-code', doctor.claude(version, path));
  const least = writeVersion(LEAST_FOR_MODS);
  return warn('claude-code', doctor.claudeOld(version, least), doctor.claudeOldRemedy());
}
