// The command line in a package of its own, built from today's sources, with the daemon that it starts.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { BUNDLES } from '../../../scripts/build/bundles.mjs';
import { writeBundle } from '../../../scripts/build/write-bundle.mjs';
import { TEST_FOLDER_PREFIX } from '../../daemon/support/build-programs.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const VERSION = '1.0.0';

export type BuiltCli = { readonly version: string; readonly program: string };

/** For the tests of one file: call it at the file's top level. Gone after its last test. */
export async function buildCli(): Promise<BuiltCli> {
  const root = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const manifest = { name: 'oh-my-claude-money', version: VERSION, type: 'module' };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  try {
    await Promise.all([
      writeEntry('dist', 'cli', join(root, 'dist')),
      writeEntry('plugin/dist', 'omcmd', join(root, 'plugin', 'dist')),
    ]);
  } catch (error) {
    // A file that fails at its top level has no last test.
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
  return { version: VERSION, program: join(root, 'dist', 'cli.js') };
}

async function writeEntry(folder: string, entry: string, outdir: string): Promise<void> {
  const bundle = BUNDLES[folder]?.find(({ entries }) => entry in entries);
  if (bundle === undefined) throw new Error(`nothing builds ${folder}/${entry}.js`);
  await writeBundle(bundle, { root: ROOT, outdir, version: VERSION });
}
