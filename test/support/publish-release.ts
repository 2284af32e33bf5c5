import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { IsolatedHome } from '../../src/simulation/isolated-home.ts';

const exec = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const IDENTITY = {
  GIT_AUTHOR_NAME: 'OMCM',
  GIT_AUTHOR_EMAIL: 'omcm@example.com',
  GIT_COMMITTER_NAME: 'OMCM',
  GIT_COMMITTER_EMAIL: 'omcm@example.com',
};

/** A host that is not there: git is told to find its repositories in a folder. */
const HOST = 'https://git.omcm.invalid/';

/** Publishes what is built as a maintainer would, and answers the address to which a user points Claude Code. */
export async function publishRelease(home: IsolatedHome): Promise<string> {
  const host = join(home.root, 'git-host');
  const repository = join(host, 'omcm.git');
  await exec('git', ['init', '--quiet', '--bare', repository]);
  const env = { ...process.env, ...IDENTITY };
  await exec(process.execPath, [join(ROOT, 'scripts', 'write-release.mjs'), '--into', repository], { env });
  appendFileSync(
    join(home.home, '.gitconfig'),
    `[url "file://${host}/"]\n\tinsteadOf = ${HOST}\n[safe]\n\tdirectory = *\n`,
  );
  return `${HOST}omcm.git#release`;
}
