/** Is a program there, and which version does it say it has? */
import { execFile } from 'node:child_process';
import which from 'which';
import type { Environment } from '../../adapters/files/paths.ts';
import { findVersion } from './version.ts';

export type FoundProgram = {
  readonly path: string;
  /** null where it does not say. */
  readonly version: string | null;
};

/** OpenCode takes 0.7 s to start on a machine that does nothing else. */
const ANSWER_MS = 15_000;

export async function findPath(command: string, env: Environment): Promise<string | null> {
  return which(command, { nothrow: true, path: env.PATH ?? '' });
}

export async function findProgram(
  command: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<FoundProgram | null> {
  const path = await findPath(command, env);
  if (path === null) return null;
  return { path, version: await askVersion(path, [...args, '--version'], env) };
}

function askVersion(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(path, [...args], { env, timeout: ANSWER_MS, killSignal: 'SIGKILL' }, (error, stdout) =>
      resolve(error === null ? findVersion(stdout) : null),
    );
  });
}
