// Types `omcm` in the project of a home, without holding up the simulated providers meanwhile.
import { execFile } from 'node:child_process';
import { BUILT_CLI } from './built-cli.ts';
import type { Omcm } from './use-omcm.ts';

/** What it printed. Rejects where it fails. */
export function runOmcm(omcm: Omcm, words: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: omcm.env(), cwd: omcm.home.projectDir, timeout: 30_000 };
    const child = execFile(process.execPath, [BUILT_CLI, ...words], options, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    child.stdin?.end(input);
  });
}
