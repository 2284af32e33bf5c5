import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildPrograms } from '../support/build-programs.ts';
import { until } from '../support/until.ts';
import { type DaemonHome, useDaemonHome } from '../support/use-daemon-home.ts';

const programs = await buildPrograms();

const levels = ({ paths }: DaemonHome): readonly number[] => {
  const file = join(paths.logsDir, 'omcmd.log');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { level: number }).level);
};

const work = (home: DaemonHome) => home.call('POST', '/v1/warm', { directory: home.projectDir });

describe("the daemon's log", () => {
  it.each([
    ['as the configuration says', { daemon: { logLevel: 'debug' } }, {}],
    [
      'as the environment says, over the configuration',
      { daemon: { logLevel: 'error' } },
      { OMCM_LOG_LEVEL: 'debug' },
    ],
  ])('tells as much %s', async (_how, config, env) => {
    const home = useDaemonHome({ config, env });
    await home.ensure(programs);
    await work(home);
    await until(() => levels(home).includes(20));
  });

  it('tells nothing where nothing is wanted', async () => {
    const home = useDaemonHome({ config: { daemon: { logLevel: 'silent' } } });
    await home.ensure(programs);
    await work(home);
    await home.call('POST', '/v1/shutdown', { drain: true });
    await until(() => home.daemons().length === 0);
    expect(levels(home)).toEqual([]);
  });

  it('with a level that there is not keeps no daemon from starting, and is complained of', async () => {
    const home = useDaemonHome({ env: { OMCM_LOG_LEVEL: 'verbose' } });
    expect(await home.ensure(programs)).toMatchObject({ ok: true });
    expect((await home.status()).configProblems).toMatchObject([{ source: 'OMCM_LOG_LEVEL' }]);
  });

  it('that cannot be written keeps no daemon from starting', async () => {
    const home = useDaemonHome();
    mkdirSync(home.paths.stateDir);
    writeFileSync(home.paths.logsDir, 'a file in the place of the folder');
    expect(await home.ensure(programs)).toMatchObject({ ok: true });
    expect((await work(home)).status).toBe(200);
  });
});
