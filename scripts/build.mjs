// Builds the command line and the library into dist/, and what Claude Code loads into plugin/dist/.
// `--partial` accepts that some entries are not written yet.
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLES } from './build/bundles.mjs';
import { writeDeclarations } from './build/write-declarations.mjs';
import { writeFolder } from './build/write-folder.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const partial = process.argv.includes('--partial');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const missing = [];

const results = await Promise.allSettled([
  ...Object.entries(BUNDLES).map(([outdir, bundles]) => buildFolder(outdir, bundles)),
  buildDeclarations(),
  buildConfigSchema(),
]);
const problems = results.flatMap(({ reason }) => (reason ? [reason.message] : []));
const absent = missing.map((source) => `${source} does not exist yet`);

for (const text of absent) console.error(`${partial ? 'note' : 'error'}: ${text}`);
for (const text of problems) console.error(`error: ${text}`);
if (problems.length > 0 || (absent.length > 0 && !partial)) process.exitCode = 1;
else console.log(`built in ${(performance.now() / 1000).toFixed(1)} s`);

async function buildFolder(outdir, bundles) {
  const files = await writeFolder(bundles.flatMap(withPresentEntries), { root, outdir, version });
  for (const { path, bytes } of files) {
    if (path.endsWith('.js')) console.log(`${path} ${Math.ceil(bytes / 1024)} kB`);
  }
}

async function buildDeclarations() {
  if (!isThere('src/index.ts')) return;
  await writeDeclarations({ root, outdir: join(root, 'dist/types') });
}

async function buildConfigSchema() {
  if (!isThere('scripts/write-config-schema.mjs')) return;
  const { writeConfigSchema } = await import('./write-config-schema.mjs');
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeConfigSchema(join(root, 'dist/config.schema.json'));
}

function withPresentEntries(bundle) {
  const entries = Object.entries(bundle.entries).filter(([, source]) => isThere(source));
  return entries.length > 0 ? [{ ...bundle, entries: Object.fromEntries(entries) }] : [];
}

function isThere(source) {
  const there = existsSync(join(root, source));
  if (!there && !missing.includes(source)) missing.push(source);
  return there;
}
