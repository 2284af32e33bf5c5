/** The texts of a project's `.env` files; those that only show which names there are hold no secrets. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LARGEST = 1024 * 1024;

export async function readEnvFiles(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  const files = names.filter(
    (name) => /^\.env(?:\.|$)/.test(name) && !/\.(?:example|sample|template|dist)$/.test(name),
  );
  return Promise.all(
    files.map(async (name) =>
      (await readFile(join(directory, name), 'utf8').catch(() => '')).slice(0, LARGEST),
    ),
  );
}
