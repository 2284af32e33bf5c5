import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../daemon/support/until.ts';
import { buildOnce } from '../support/build-once.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Work that goes on whatever it is asked, beside a library that ends its process where nobody else listens. */
const PROGRAM = `
import { stopOnSignal } from './src/cli/stop-on-signal.ts';
await stopOnSignal(async (signal) => {
  await import('proper-lockfile');
  signal.addEventListener('abort', () => process.stdout.write('asked'));
  process.stdout.write('ready ');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});`;

const folder = await buildOnce('stop-on-signal', (outdir) =>
  build({
    stdin: { contents: PROGRAM, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    outfile: join(outdir, 'program.mjs'),
    logLevel: 'silent',
  }),
);

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s asks the work to stop, and a second one ends the program', async (signal, code) => {
  const child = spawn(process.execPath, [join(folder, 'program.mjs')]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  await until(() => said === 'ready ');
  child.kill(signal);
  await until(() => said === 'ready asked');
  expect(child.exitCode).toBeNull();
  const exited = once(child, 'exit');
  child.kill(signal);
  expect(await exited).toEqual([code, null]);
});
