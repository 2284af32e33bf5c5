import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const hostOf = (home: IsolatedHome) => join(home.root, 'git-host');

/** Publishes what is built as a maintainer would, and answers the address to which a user points Claude Code. */
export async function publishRelease(home: IsolatedHome): Promise<string> {
  const host = hostOf(home);
  await exec('git', ['init', '--quiet', '--bare', join(host, 'omcm.git')]);
  await writeRelease(home, ROOT);
  appendFileSync(
    join(home.home, '.gitconfig'),
    `[url "file://${host}/"]\n\tinsteadOf = ${HOST}\n[safe]\n\tdirectory = *\n`,
  );
  return `${HOST}omcm.git#release`;
}

/** The same under another version, as the next release. */
export async function publishNextRelease(home: IsolatedHome, version: string): Promise<void> {
  const root = join(home.root, `omcm-${version}`);
  const { version: now, files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const packed = (files as readonly string[]).filter((path) => !path.startsWith('!'));
  for (const path of ['package.json', 'scripts', ...packed])
    cpSync(join(ROOT, path), join(root, path), { recursive: true });
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(json|[cm]?js)$/.test(path)) continue;
    const file = join(root, path);
    const text = readFileSync(file, 'utf8');
    if (text.includes(`"${now}"`)) writeFileSync(file, text.replaceAll(`"${now}"`, `"${version}"`));
  }
  await writeRelease(home, root);
}

async function writeRelease(home: IsolatedHome, root: string): Promise<void> {
  const program = join(root, 'scripts', 'write-release.mjs');
  const env = { ...process.env, ...IDENTITY };
  await exec(process.execPath, [program, '--into', join(hostOf(home), 'omcm.git')], { env });
}
