import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUNDLES } from '../../scripts/build/bundles.mjs';
import { writeBundle } from '../../scripts/build/write-bundle.mjs';

const MOD = 'src/mod/register.ts';
const HOOK = 'src/hook/report.ts';

describe('what Claude Code loads', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN}-bundles-`));
    await symlink(resolve('node_modules'), join(root, 'node_modules'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is a mod that exports register where Claude Code looks for it', async () => {
    await build(MOD, `export const register = (on: (name: string) => void) => on('turn.step');`);
    const text = await readFile(join(root, 'plugin/dist/register.js'), 'utf8');
    expect(text).toMatch(/^export const register = \(on\) => on\("turn\.step"\);$/m);
    expect(text.match(/\bexport\b/g)).toHaveLength(1);
  });

  it.each([
    [
      'another export',
      MOD,
      `export const register = () => 1; export const more = 2;`,
      /must export one thing/,
    ],
    ['a function', MOD, `export function register() {}`, /must export one thing/],
    [
      'a package',
      MOD,
      `import { z } from 'zod'; export const register = () => z;`,
      /carries the package zod/,
    ],
    ['a late import', MOD, `export const register = (x: string) => import(x);`, /calls import\(\)/],
    ['a Node module', MOD, `import { join } from 'node:path'; export const register = join;`, /node:path/],
    ['zod', HOOK, `import { z } from 'zod'; console.log(z.string());`, /carries the package zod/],
    ['a CommonJS package', HOOK, `import which from 'which'; which('ls');`, /needs require/],
    ['what does not exist', HOOK, `import { it } from 'nowhere'; it();`, /nowhere/],
  ])('is not written with %s in %s', async (_what, source, text, message) => {
    await expect(build(source, text)).rejects.toThrow(message);
    await expect(readFile(join(root, 'plugin/dist/register.js'))).rejects.toThrow(/ENOENT/);
  });

  it('may import types of anything, for they weigh nothing', async () => {
    await build(HOOK, `import type { ZodType } from 'zod'; export const parse = (type: ZodType) => type;`);
    expect(await readFile(join(root, 'plugin/dist/report.js'), 'utf8')).not.toContain('zod');
  });

  async function build(source: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, source)), { recursive: true });
    await writeFile(join(root, source), text);
    const bundle = BUNDLES['plugin/dist']?.find(({ entries }) => Object.values(entries).includes(source));
    if (!bundle) throw new Error(`${source} is not built`);
    await writeBundle(bundle, { root, outdir: 'plugin/dist', version: '0.0.0' });
  }
});
