// What is wrong with a bundle although it was built? One sentence for each fault.
import { builtinModules } from 'node:module';

const BUILTIN = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

/**
 * @param {import('./bundles.mjs').Bundle} bundle
 * @param {readonly { path: string, text: string }[]} files
 * @param {import('esbuild').Metafile} metafile
 * @returns {string[]}
 */
export function findFaults({ external = [], forbidden = [], options }, files, metafile) {
  const output = files[0].path;
  const isThere = (path) => (options.platform === 'node' && BUILTIN.has(path)) || external.includes(path);
  const isForbidden = (name) => forbidden.includes('*') || forbidden.includes(name);

  const stray = importsLeft(metafile).filter((path) => !isThere(path));
  const carried = bundledPackages(metafile).filter(isForbidden);
  const scripts = files.filter(({ path }) => path.endsWith('.js'));
  return [
    ...stray.map((path) => `${output}: imports ${path}, which is not there at run time`),
    ...carried.map((name) => `${output}: carries the package ${name}, which it must not load`),
    ...scripts.flatMap((script) => findFaultsInText(script, options)),
  ];
}

/** The packages of which anything is left after tree shaking. */
export function bundledPackages(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return [...new Set(used.flatMap(([path]) => packageOf(path) ?? []))].sort();
}

function importsLeft(metafile) {
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))];
}

function packageOf(path) {
  return path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
}

function findFaultsInText({ path, text }, options) {
  const faults = [];
  if (path.endsWith('/cli.js') && !text.startsWith('#!/usr/bin/env node\n')) {
    faults.push(`${path}: src/cli/main.ts does not begin with #!/usr/bin/env node`);
  }
  if (!options.banner && /Dynamic require of|\b__(file|dir)name\b/.test(text)) {
    faults.push(`${path}: a CommonJS package in it needs require, __filename or __dirname`);
  }
  if (options.platform === 'neutral' && /\benv\.get\((?!['"])/.test(text)) {
    faults.push(
      `${path}: reads a variable whose name is not written out; Claude Code does not load such a mod`,
    );
  }
  if (options.platform === 'neutral' && /\bimport\s*\(/.test(text)) {
    faults.push(`${path}: calls import(), which a mod does not have`);
  }
  return faults;
}
