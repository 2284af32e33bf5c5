// `node bench/run.mjs FILE [ARGUMENTS]` bundles one of the programs here and runs it: Node 20 does not read TypeScript.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const [program = 'main.ts', ...args] = process.argv.slice(2);
const root = join(import.meta.dirname, '..');
// Inside node_modules, so that external packages are found from there.
const folder = mkdtempSync(join(root, 'node_modules', '.omcm-bench-'));
try {
  const outfile = join(folder, 'bench.mjs');
  await build({
    entryPoints: [join(root, 'bench', program)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...args], {
    stdio: 'inherit',
    env: { ...process.env, OMCM_ROOT: root },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
