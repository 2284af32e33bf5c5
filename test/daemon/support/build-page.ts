import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { BUNDLES } from '../../../scripts/build/bundles.mjs';
import { writeBundle } from '../../../scripts/build/write-bundle.mjs';
import { TEST_FOLDER_PREFIX } from './build-programs.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The dashboard's page from today's sources. Call it at a file's top level; gone after its last test. */
export async function buildPage(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));
  const bundle = BUNDLES['plugin/dist']?.find(({ entries }) => 'dashboard' in entries);
  if (bundle === undefined) throw new Error('nothing builds the dashboard');
  await writeBundle(bundle, { root: ROOT, outdir, version: '1.0.0' });
  return outdir;
}
