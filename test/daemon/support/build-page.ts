import { join } from 'node:path';
import { BUNDLES } from '../../../scripts/build/bundles.mjs';
import { writeBundle } from '../../../scripts/build/write-bundle.mjs';
import { buildOnce } from '../../support/build-once.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The dashboard's page from today's sources. */
export async function buildPage(): Promise<string> {
  const bundle = BUNDLES['plugin/dist']?.find(({ entries }) => 'dashboard' in entries);
  if (bundle === undefined) throw new Error('nothing builds the dashboard');
  return buildOnce('page', (outdir) => writeBundle(bundle, { root: ROOT, outdir, version: '1.0.0' }));
}
