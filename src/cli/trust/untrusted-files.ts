import { homedir } from 'node:os';
import {
  findProjectFiles,
  NO_TRUST,
  type ProjectFile,
  trustedFoldersSpec,
  withoutTrust,
} from '../../adapters/files/trusted-folders.ts';
import type { Config } from '../../core/config/schema.ts';
import type { Cli } from '../cli.ts';
import { readState } from '../routing/read-state.ts';

/** What the project brings that nobody has trusted. */
export async function untrustedFiles(
  cli: Cli,
  directory: string,
  { security }: Pick<Config, 'security'>,
): Promise<readonly ProjectFile[]> {
  if (security.trust === 'always') return [];
  const { paths, env } = cli;
  const files = await findProjectFiles({ directory, paths, home: env.HOME || homedir() });
  if (files.length === 0) return files;
  return withoutTrust(files, await readState(cli, trustedFoldersSpec(paths.trustFile), NO_TRUST));
}
