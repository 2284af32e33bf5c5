import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CHECK = resolve('scripts/check-imports.mjs');

/** The smallest house that stands: every entry is there, every import goes down. */
const SOUND = {
  'src/version.ts': `export const VERSION = '1';`,
  'src/core/decide.ts': `import { VERSION } from '../version.ts'; export const decide = () => VERSION;`,
  'src/core/config/schema.ts': `import { z } from 'zod'; export const schema = z;`,
  'src/protocol/words.ts': `import { z } from 'zod'; export const words = z;`,
  'src/hud/line.ts': `import { decide } from '../core/decide.ts'; export const line = decide;`,
  'src/adapters/files/paths.ts': `import { join } from 'node:path'; export const paths = join;`,
  'src/adapters/git/log.ts': `import { decide } from '../../core/decide.ts'; export const log = decide;`,
  'src/adapters/opencode/launch.ts': `import { words } from '../../protocol/words.ts'; export const launch = words;`,
  'src/client/call.ts': `import { paths } from '../adapters/files/paths.ts'; export const call = paths;`,
  'src/simulation/provider.ts': `import { createServer } from 'node:http'; export const provider = createServer;`,
  'src/index.ts': `export { decide } from './core/decide.ts';`,
  'src/cli/main.ts': `
    import { call } from '../client/call.ts';
    import { line } from '../hud/line.ts';
    import { provider } from '../simulation/provider.ts';
    export const main = [call, line, provider];`,
  'src/daemon/main.ts': `
    import { schema } from '../core/config/schema.ts';
    import { launch } from '../adapters/opencode/launch.ts';
    import { log } from '../adapters/git/log.ts';
    export const main = [schema, launch, log];`,
  'src/dashboard/main.tsx': `import { decide } from '../core/decide.ts'; export const page = decide;`,
  'src/mod/register.ts': `
    import { decide } from '../core/decide.ts';
    import type { call } from '../client/call.ts';
    export const register = (known: typeof call) => [known, decide];`,
  'src/hook/session-start.ts': `import { call } from '../client/call.ts'; export const start = call;`,
  'src/hook/pre-tool-use.ts': `import { request } from 'node:http'; export const hook = request;`,
  'src/hook/user-prompt-submit.ts': `import { words } from '../protocol/words.ts'; export const hear = words;`,
  'src/hook/stop.ts': `import { words } from '../protocol/words.ts'; export const stop = words;`,
  'src/hook/pre-compact.ts': `import { words } from '../protocol/words.ts'; export const keep = words;`,
  'src/hook/stop-failure.ts': `import { words } from '../protocol/words.ts'; export const tell = words;`,
  'src/hook/status-line.ts': `import { words } from '../protocol/words.ts'; export const line = words;`,
  'src/hook/report.ts': `import { words } from '../protocol/words.ts'; export const report = words;`,
  'node_modules/zod/package.json': `{ "name": "zod", "main": "index.js" }`,
  'node_modules/zod/index.js': `exports.z = {};`,
};

/** One file planted for each breach, what it imports, and the rule that must notice. */
const BREACHES = [
  ['src/core/reads-files.ts', 'node:fs', 'core-stays-pure'],
  ['src/core/reads-protocol.ts', '../protocol/words.ts', 'core-stays-pure'],
  ['src/core/reads-zod.ts', 'zod', 'core-stays-pure'],
  ['src/core/config/reads-path.ts', 'node:path', 'core/config-stays-pure'],
  ['src/protocol/reads-http.ts', 'node:http', 'protocol-stays-pure'],
  ['src/protocol/reads-client.ts', '../client/call.ts', 'protocol-stays-pure'],
  ['src/hud/reads-zod.ts', 'zod', 'hud-stays-pure'],
  ['src/adapters/git/reads-neighbour.ts', '../opencode/launch.ts', 'adapters-imports-only-what-is-beneath'],
  ['src/adapters/git/reads-daemon.ts', '../../daemon/main.ts', 'adapters-imports-only-what-is-beneath'],
  ['src/client/reads-git.ts', '../adapters/git/log.ts', 'client-imports-only-what-is-beneath'],
  ['src/dashboard/reads-client.ts', '../client/call.ts', 'dashboard-imports-only-what-is-beneath'],
  ['src/client/reads-daemon.ts', '../daemon/main.ts', 'client-imports-only-what-is-beneath'],
  ['src/daemon/reads-client.ts', '../client/call.ts', 'daemon-imports-only-what-is-beneath'],
  ['src/simulation/reads-daemon.ts', '../daemon/main.ts', 'simulation-imports-only-what-is-beneath'],
  ['src/hook/reads-adapter.ts', '../adapters/git/log.ts', 'hook-imports-only-what-is-beneath'],
  ['src/hook/reads-zod.ts', 'zod', 'hook-stays-light'],
  ['src/cli/reads-daemon.ts', '../daemon/main.ts', 'cli-imports-only-what-is-beneath'],
  ['src/cli/reads-opencode.ts', '../adapters/opencode/launch.ts', 'cli-imports-only-what-is-beneath'],
  ['src/mod/reads-client.ts', '../client/call.ts', 'mod-imports-only-pure-code-and-types'],
  ['src/mod/reads-path.ts', 'node:path', 'mod-imports-only-pure-code-and-types'],
  ['src/client/reads-test.ts', '../../test/rig.ts', 'src-stays-within-src'],
  ['src/daemon/reads-attic.ts', '../attic/old.ts', 'no-file-without-a-floor'],
  ['src/daemon/reads-nothing.ts', './nothing.ts', 'no-unresolved-import'],
  ['src/core/first.ts', './second.ts', 'no-cycles'],
] as const;

describe('the check of import directions', () => {
  let house: string;

  beforeEach(async () => {
    house = await mkdtemp(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN}-imports-`));
  });
  afterEach(() => rm(house, { recursive: true, force: true }));

  it('passes a house where every import goes down', async () => {
    await plant(SOUND);
    expect(await check(house)).toEqual({ exitCode: 0, problems: [] });
  });

  it('names the rule and both files for every breach', async () => {
    const breaches = BREACHES.map(([file, target]) => [
      file,
      `import * as it from '${target}'; export { it };`,
    ]);
    const neighbours = {
      'test/rig.ts': 'export {};',
      'src/attic/old.ts': 'export {};',
      'src/core/second.ts': `export * from './first.ts';`,
    };
    await plant({ ...SOUND, ...neighbours, ...Object.fromEntries(breaches) });

    const { exitCode, problems } = await check(house);

    expect(exitCode).toBe(1);
    const unnoticed = BREACHES.filter(
      ([file, , rule]) => !problems.some((line) => line.startsWith(`${rule}: ${file} → `)),
    );
    expect(unnoticed).toEqual([]);
  }, 30_000);

  it('names a file that no entry leads to', async () => {
    await plant({ ...SOUND, 'src/core/forgotten.ts': 'export const forgotten = 1;' });
    const { exitCode, problems } = await check(house);
    expect(exitCode).toBe(1);
    expect(problems).toContainEqual('no-file-out-of-reach: src/core/forgotten.ts');
  });

  it('fails when it saw no modules', async () => {
    const { exitCode, problems } = await check(house);
    expect(exitCode).toBe(1);
    expect(problems).toContain('entry is missing: src/daemon/main.ts');
  });

  async function plant(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(house, path)), { recursive: true });
      await writeFile(join(house, path), text);
    }
  }
});

interface Verdict {
  readonly exitCode: number;
  readonly problems: readonly string[];
}

function check(house: string): Promise<Verdict> {
  return new Promise((settle) => {
    execFile(process.execPath, [CHECK, house], (error, _stdout, stderr) => {
      const problems = stderr.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
      settle({ exitCode: error ? Number(error.code) : 0, problems });
    });
  });
}
