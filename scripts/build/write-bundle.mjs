// Builds one bundle in memory, checks it, and only then writes it: a broken one never replaces a good one.
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { exposeRegister } from './expose-register.mjs';
import { bundledPackages, findFaults } from './find-faults.mjs';

/**
 * @param {import('./bundles.mjs').Bundle} bundle
 * @param {{ root: string, outdir: string, version: string }} project
 * @returns {Promise<{ files: { path: string, bytes: number }[], packages: string[] }>}
 */
export async function writeBundle(bundle, { root, outdir, version }) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: bundle.entries,
    outdir,
    external: [...(bundle.external ?? [])],
    bundle: true,
    format: 'esm',
    define: { OMCM_VERSION: JSON.stringify(version) },
    logLevel: 'silent',
    ...bundle.options,
    metafile: true,
    write: false,
  });

  const files = outputFiles.map((file) => ({ path: relative(root, file.path), text: finish(file) }));
  const faults = findFaults(bundle, files, metafile);
  if (faults.length > 0) throw new Error(faults.join('\n'));

  await Promise.all(files.map((file) => replaceFile(resolve(root, file.path), file.text)));
  return {
    files: files.map(({ path, text }) => ({ path, bytes: Buffer.byteLength(text) })),
    packages: bundledPackages(metafile),
  };
}

function finish({ path, text }) {
  return path.endsWith('/register.js') ? exposeRegister(text) : text;
}

/** By rename: whoever starts the program during a build gets the old file or the new one, whole. */
async function replaceFile(path, text) {
  const draft = `${path}.${process.pid}.draft`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, text);
  if (text.startsWith('#!')) await chmod(draft, 0o755);
  await rename(draft, path);
}
