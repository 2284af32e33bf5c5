// Writes the documents that are made from the sources: docs/configuration.md from the schema of the settings,
// docs/api.md from the types. `--check` writes nothing, names what is no longer so, and exits with 1 for it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { renderApi } from './docs/render-api.mjs';
import { renderConfiguration } from './docs/render-configuration.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the documents tell of, and nothing that starts anything. */
const FACTS = `
  export { configJsonSchema } from './src/core/config/json-schema.ts';
  export { guardProjectLayer } from './src/core/config/guard-project-layer.ts';
  export { ENVIRONMENT_SETTINGS } from './src/adapters/files/environment-settings.ts';
`;

/** @type {Record<string, () => Promise<string>>} */
const DOCUMENTS = {
  'docs/api.md': async () => renderApi(root),
  'docs/configuration.md': async () => renderConfiguration(await loadFacts()),
};

const stale = [];
for (const [file, render] of Object.entries(DOCUMENTS)) {
  const text = await render();
  const path = join(root, file);
  if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
  stale.push(file);
  if (!process.argv.includes('--check')) await writeFile(path, text);
}
if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${file} is not what the sources say: npm run docs`);
  if (stale.length > 0) process.exitCode = 1;
} else console.log(stale.length === 0 ? 'nothing to write' : `written: ${stale.join(', ')}`);

async function loadFacts() {
  const folder = await mkdtemp(join(tmpdir(), 'omcm-docs-'));
  try {
    const outfile = join(folder, 'facts.mjs');
    await build({
      stdin: { contents: FACTS, resolveDir: root, loader: 'ts' },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
