import { existsSync } from 'node:fs';
import { CommandError } from '../command-error.ts';
import type { Messages } from '../messages.ts';
import { daemonProgramIn, findPackageRoot } from '../package-root.ts';

export function daemonProgram(m: Messages): string {
  const root = findPackageRoot();
  const program = root === null ? null : daemonProgramIn(root);
  if (program !== null && existsSync(program)) return program;
  throw new CommandError({
    code: 'incomplete-installation',
    exit: 'failed',
    message: m.failures.incompleteInstallation(),
    hint: m.failures.incompleteInstallationHint(),
  });
}
