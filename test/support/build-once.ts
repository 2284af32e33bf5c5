// What several test files build from today's sources is built once in a run, by whoever comes first.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_FOLDER_PREFIX } from './test-folder-prefix.ts';

const BUILDS = join(tmpdir(), `${TEST_FOLDER_PREFIX}builds`);

/** The folder that `build` has filled. Nobody may change what is in it: others use it too. */
export async function buildOnce(name: string, build: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = join(BUILDS, name);
  if (existsSync(folder)) return folder;
  mkdirSync(BUILDS, { recursive: true });
  const mine = mkdtempSync(join(BUILDS, 'unfinished-'));
  await build(mine);
  try {
    renameSync(mine, folder);
  } catch (error) {
    // Another process has finished the same in the meantime.
    if (!existsSync(folder)) throw error;
    rmSync(mine, { recursive: true });
  }
  return folder;
}

export function removeBuilds(run: string): void {
  rmSync(join(tmpdir(), `omcm-test-${run}-builds`), { recursive: true, force: true });
}
