// Writes the JSON Schema of the configuration, made from the schema that the program itself uses.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {string} outFile */
export async function writeConfigSchema(outFile) {
  const folder = await mkdtemp(path.join(tmpdir(), 'omcm-schema-'));
  try {
    const bundle = path.join(folder, 'schema.mjs');
    await build({
      entryPoints: [path.join(root, 'src/core/config/json-schema.ts')],
      outfile: bundle,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
    const { configJsonSchema } = await import(pathToFileURL(bundle).href);
    await mkdir(path.dirname(outFile), { recursive: true });
    await writeFile(outFile, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
