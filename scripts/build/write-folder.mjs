// Everything that is bundled into one output folder, with the licences it owes, and nothing from last time.
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writeBundle } from './write-bundle.mjs';
import { writeNotices } from './write-notices.mjs';

/**
 * @param {readonly import('./bundles.mjs').Bundle[]} bundles
 * @param {{ root: string, outdir: string, version: string }} project
 */
export async function writeFolder(bundles, project) {
  if (bundles.length === 0) return [];
  const { root, outdir } = project;
  const results = await Promise.allSettled(bundles.map((bundle) => writeBundle(bundle, project)));
  const failures = results.flatMap(({ reason }) => (reason ? [reason.message] : []));
  if (failures.length > 0) throw new Error(failures.join('\n'));

  const built = results.map(({ value }) => value);
  const files = built.flatMap((bundle) => bundle.files);
  const packages = [...new Set(built.flatMap((bundle) => bundle.packages))].sort();
  // Node warns on stderr at each start of an ES module whose folder does not say so, and a plugin is copied alone.
  await writeFile(join(root, outdir, 'package.json'), '{ "type": "module" }\n');
  await removeStale(root, outdir, new Set(files.map(({ path }) => path)));
  await writeNotices(join(root, outdir, 'third-party-licenses.txt'), { root, packages });
  return files;
}

async function removeStale(root, outdir, fresh) {
  const entries = await readdir(join(root, outdir), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const stale = paths.filter((path) => /\.c?js(\.map)?$/.test(path) && !fresh.has(relative(root, path)));
  await Promise.all(stale.map((path) => rm(path, { force: true })));
}
