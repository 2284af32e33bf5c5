// The command line in a package of its own, built from today's sources, with the daemon that it starts.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLES } from '../../../scripts/build/bundles.mjs';
import { writeBundle } from '../../../scripts/build/write-bundle.mjs';
import { buildOnce } from '../../support/build-once.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const VERSION = '1.0.0';

export type BuiltCli = { readonly version: string; readonly program: string };

export async function buildCli(): Promise<BuiltCli> {
  const root = await buildOnce('cli', async (folder) => {
    const manifest = { name: 'oh-my-claude-money', version: VERSION, type: 'module' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    await Promise.all([
      writeEntry('dist', 'cli', join(folder, 'dist')),
      writeEntry('plugin/dist', 'omcmd', join(folder, 'plugin', 'dist')),
    ]);
  });
  return { version: VERSION, program: join(root, 'dist', 'cli.js') };
}

async function writeEntry(folder: string, entry: string, outdir: string): Promise<void> {
  const bundle = BUNDLES[folder]?.find(({ entries }) => entry in entries);
  if (bundle === undefined) throw new Error(`nothing builds ${folder}/${entry}.js`);
  await writeBundle(bundle, { root: ROOT, outdir, version: VERSION });
}
