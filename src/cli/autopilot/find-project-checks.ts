import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECK_FILES, findChecks } from '../../core/autopilot/find-checks.ts';

export async function findProjectChecks(directory: string): Promise<readonly string[]> {
  const names: readonly string[] = await readdir(directory).catch(() => []);
  const texts = CHECK_FILES.filter((name) => names.includes(name)).map(async (name) => {
    return [name, await readFile(join(directory, name), 'utf8').catch(() => '')] as const;
  });
  return findChecks({ names, texts: Object.fromEntries(await Promise.all(texts)) });
}
