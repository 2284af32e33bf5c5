// What npm would publish, as somebody finds it who has installed it in an empty project.
import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCodeBlocks } from '../support/code-blocks.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const FAKE_OPENCODE = join(ROOT, 'test', 'daemon', 'support', 'fake-opencode.mjs');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const place = mkdtempSync(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN}-packed-`));
const project = join(place, 'project');
const installed = join(project, 'node_modules', 'oh-my-claude-money');
const env = {
  PATH: [join(place, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
  HOME: join(place, 'home'),
  NO_COLOR: '1',
  OMCM_TEST_RUN: process.env.OMCM_TEST_RUN,
};
let tarball = '';

beforeAll(async () => {
  for (const folder of ['bin', 'home', 'project']) mkdirSync(join(place, folder), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  tarball = await pack(ROOT);
  // Its one dependency is given, so that npm asks no registry for it.
  const dependency = await pack(join(ROOT, 'node_modules', '@copilotkit', 'aimock'));
  const install = ['install', '--offline', '--no-audit', '--no-fund', '--no-update-notifier'];
  await run('npm', [...install, tarball, dependency], { cwd: project, env });
  for (const name of ['@types', 'undici-types']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  }
  const opencode = join(place, 'bin', 'opencode');
  writeFileSync(opencode, `#!/bin/sh\nexec "${process.execPath}" "${FAKE_OPENCODE}" "$@"\n`);
  chmodSync(opencode, 0o755);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe('the packed package', () => {
  it('has nothing that publint finds wrong', async () => {
    const buffer = new Uint8Array(readFileSync(tarball)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that are found and are right wherever an ES module can be imported', async () => {
    const data = new Uint8Array(readFileSync(tarball));
    // What is no code has no types.
    const excludeEntrypoints = ['./config.schema.json'];
    const analysis = await checkPackage(createPackageFromTarballData(data), { excludeEntrypoints });
    if (analysis.types === false) throw new Error('it has no types');
    // It has no CommonJS, on purpose: who requires it on Node 20.19 gets the module all the same.
    const problems = analysis.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM');
    expect(problems).toEqual([]);
  });

  it('is installed by npm, with a command that knows its version', async () => {
    const { stdout } = await run(join(project, 'node_modules', '.bin', 'omcm'), ['--version'], { env });
    expect(stdout).toBe(`${version}\n`);
  });

  it('holds all that its command and its plugin start, and nothing of the workshop', async () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/config.schema.json',
        'plugin/dist/omcmd.js',
        'plugin/dist/register.js',
        '.claude-plugin/marketplace.json',
        'LICENSE',
      ]),
    );
    expect(files.filter((file) => /(^|\/)(test|src|node_modules|bench)\//.test(file))).toEqual([]);
  });
});

describe('docs/examples.md', () => {
  const blocks = findCodeBlocks(readFileSync(join(ROOT, 'docs', 'examples.md'), 'utf8'));
  const examples = blocks.flatMap((block, at) => {
    const next = blocks[at + 1];
    const said = next?.language === 'text' ? next.text : '';
    return block.language === 'js' ? [{ ...block, said, name: `example-${block.line}.js` }] : [];
  });

  let printed: ReadonlyMap<string, string>;

  beforeAll(async () => {
    for (const { name, text } of examples) writeFileSync(join(project, name), text);
    printed = await runExamples(examples.map(({ name }) => name));
  });

  it('shows each name that the seed gives', () => {
    const shown = examples.map(({ text }) => text).join('\n');
    const names = [
      ...['shouldRouteToOpenCode', 'OpenCodeServerPool', 'ParallelExecutor', 'canRunInParallel'],
      ...['buildContext', 'RealtimeTracker', 'MetricsCollector', 'ProviderBalancer'],
      ...['ExecutionStrategy', 'TaskRouter', 'FallbackOrchestrator'],
    ];
    expect(names.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it.each(examples)('prints what it says in line $line', ({ name, said }) => {
    expect(printed.get(name)).toBe(said);
  });

  it('has the types that TypeScript asks for', async () => {
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = [
      '--noEmit',
      '--allowJs',
      '--checkJs',
      '--strict',
      '--noImplicitAny',
      'false',
      '--skipLibCheck',
    ];
    const target = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const names = examples.map(({ name }) => name);
    const said = await run(process.execPath, [tsc, ...options, ...target, ...names], { cwd: project }).then(
      () => '',
      ({ stdout }) => stdout,
    );
    expect(said).toBe('');
  });
});

async function pack(folder: string): Promise<string> {
  const options = ['--ignore-scripts', '--silent', '--pack-destination', place];
  const { stdout } = await run('npm', ['pack', ...options], { cwd: folder });
  return join(place, stdout.trim());
}

/** One after the other in one process, since its start takes longer than most of them. */
async function runExamples(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const steps = names.map(
    (name) => `console.log('\\0${name}'); await import('./${name}').catch(console.log);`,
  );
  writeFileSync(join(project, 'all.js'), steps.join('\n'));
  const { stdout } = await run(process.execPath, ['all.js'], { cwd: project, env });
  const pieces = stdout.split('\0').slice(1);
  return new Map(
    pieces.map((piece) => [piece.slice(0, piece.indexOf('\n')), piece.slice(piece.indexOf('\n') + 1)]),
  );
}
