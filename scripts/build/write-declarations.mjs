// Types for those who import the package: only the files that src/index.ts reaches, and no package among
// their imports, since none but the demo's is installed with ours.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SPECIFIER = /(from\s+|import\s*\(\s*|import\s+)(['"])([^'"]+)\2/g;

/**
 * @param {{ root: string, outdir: string }} options
 * @returns {Promise<string[]>} the files written, relative to outdir
 */
export async function writeDeclarations({ root, outdir }) {
  const emitted = await mkdtemp(join(tmpdir(), 'omcm-types-'));
  try {
    await emit(root, emitted);
    const files = await reachableFrom(join(emitted, 'index.d.ts'));
    await rm(outdir, { recursive: true, force: true });
    for (const [path, text] of files) {
      const target = join(outdir, relative(emitted, path));
      await cp(path, target);
      await writeFile(target, text);
    }
    return [...files.keys()].map((path) => relative(emitted, path));
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
}

async function emit(root, outDir) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', outDir];
  await run(process.execPath, args, { cwd: root }).catch((error) => {
    throw new Error(`tsc could not write the declarations:\n${error.stdout || error.message}`);
  });
}

async function reachableFrom(entry) {
  const files = new Map();
  const waiting = [entry];
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (files.has(path)) continue;
    const text = await readFile(path, 'utf8');
    const specifiers = [...text.matchAll(SPECIFIER)].map((match) => match[3]);
    assertStandsAlone(relative(dirname(entry), path), specifiers);
    files.set(path, text.replace(SPECIFIER, asJavaScript));
    waiting.push(...specifiers.filter(isRelative).map((specifier) => declarationOf(path, specifier)));
  }
  return files;
}

function assertStandsAlone(path, specifiers) {
  const stranger = specifiers.find((specifier) => !isRelative(specifier) && !specifier.startsWith('node:'));
  if (!stranger) return;
  throw new Error(
    `${path}: the public types need '${stranger}', which users do not have. ` +
      'Write the type out where src/index.ts exports it.',
  );
}

const isRelative = (specifier) => specifier.startsWith('.');
const declarationOf = (path, specifier) => resolve(dirname(path), specifier.replace(/\.[jt]s$/, '.d.ts'));
/** TypeScript leaves `.ts` in declarations; consumers before 5.7 only follow `.js`. */
const asJavaScript = (_, before, quote, specifier) =>
  `${before}${quote}${isRelative(specifier) ? specifier.replace(/\.ts$/, '.js') : specifier}${quote}`;
