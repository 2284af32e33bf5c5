import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the running test, with the kind of name that breaks careless code. */
export async function makeTempFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omcm files 한글 '));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
