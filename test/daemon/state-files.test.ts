import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Problem, Status } from '../../src/protocol/status.ts';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { type Api, useApi } from './support/use-api.ts';

const HOUR = 3_600_000;

function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

async function decide(api: Api, agent = 'explore'): Promise<TaskStarted['decision']> {
  const { body } = await api.request('POST', '/v1/route', { agent, directory: api.projectDir });
  return (body as { decision: TaskStarted['decision'] }).decision;
}

async function problems(api: Api): Promise<readonly Problem[]> {
  return ((await api.request('GET', '/v1/status')).body as Status).recentProblems;
}

describe.each(['fusionStateFile', 'fallbackStateFile', 'providerLimitsFile'] as const)(
  'where the %s is damaged',
  (name) => {
    it.each([
      ['half a JSON', '{"enabled": fal'],
      ['empty', ''],
      ['a list', '[]'],
      ['noise', '\u0000\u0001\u0002'],
    ])(
      '(%s) a decision still comes, the file is set aside, and the status says so once',
      async (_how, content) => {
        const api = await useApi();
        const file = api.paths[name];
        write(file, content);

        expect(await decide(api)).toMatchObject({ route: true, reason: 'fusion-default-explore' });
        expect(await decide(api)).toMatchObject({ route: true });

        const told = (await problems(api)).filter(({ code }) => code === 'state-damaged');
        expect(told).toHaveLength(1);
        expect(told[0]?.message).toContain(file);
        const aside = readdirSync(dirname(file)).find((entry) => entry.includes('.corrupt-'));
        expect(readFileSync(`${dirname(file)}/${aside}`, 'utf8')).toBe(content);
      },
    );
  },
);

describe('a state file', () => {
  it('of a newer version is left as it is, and told of', async () => {
    const api = await useApi();
    write(api.paths.fallbackStateFile, { version: 99, fallbackActive: true });
    expect(await decide(api)).toMatchObject({ reason: 'fusion-default-explore' });
    expect(await problems(api)).toMatchObject([{ code: 'state-unreadable' }]);
    expect(JSON.parse(readFileSync(api.paths.fallbackStateFile, 'utf8'))).toHaveProperty('version', 99);
  });

  it('with a mistake in it that comes with every write is told of once', async () => {
    const api = await useApi();
    const mistaken = (percent: number) => ({
      claude: { fiveHour: { percent }, weekly: { percent: 'much' } },
    });
    for (const percent of [10, 11, 12]) {
      write(api.paths.providerLimitsFile, mistaken(percent));
      await decide(api);
    }
    const told = await problems(api);
    expect(told).toMatchObject([{ code: 'state-problem' }]);
    expect(told[0]?.message).toContain('claude.weekly.percent');
  });

  it.each([
    [
      'fusion switched off',
      'fusionStateFile',
      { enabled: false },
      { route: false, reason: 'routing-disabled' },
    ],
    [
      'fallback switched on',
      'fallbackStateFile',
      { fallbackActive: true },
      { route: true, reason: 'fallback-active' },
    ],
  ] as const)('is seen by the next call: %s', async (_what, name, content, decision) => {
    const api = await useApi();
    expect(await decide(api, 'planner')).toMatchObject({ reason: 'fusion-keeps-planner' });
    write(api.paths[name], content);
    expect(await decide(api, 'planner')).toMatchObject(decision);
    rmSync(api.paths[name]);
    expect(await decide(api, 'planner')).toMatchObject({ reason: 'fusion-keeps-planner' });
  });
});

describe('provider-limits.json', () => {
  const limits = (percent: number, resetsAt: number) => ({
    claude: {
      fiveHour: {
        percent,
        resetsAt: new Date(resetsAt).toISOString(),
        lastUpdated: new Date().toISOString(),
      },
    },
  });

  it('starts the fallback from the threshold on, and is seen by the next call', async () => {
    const api = await useApi();
    const file = api.paths.providerLimitsFile;
    expect(await decide(api, 'planner')).toMatchObject({ route: false });

    for (const [percent, resetsAt] of [
      [89.9, Date.now() + HOUR],
      [92.4, Date.now() - 1_000],
    ] as const) {
      write(file, limits(percent, resetsAt));
      expect(await decide(api, 'planner')).toMatchObject({ route: false, reason: 'fusion-keeps-planner' });
    }

    write(file, limits(140, Date.now() + HOUR));
    expect(await decide(api, 'planner')).toMatchObject({ route: true, reason: 'fallback-active' });
  });

  it('lets the fallback end after the reset, though nobody writes any more', async () => {
    let now = Date.now();
    const api = await useApi({ now: () => now });
    write(api.paths.providerLimitsFile, limits(95, now + HOUR));
    expect(await decide(api, 'planner')).toMatchObject({ reason: 'fallback-active' });
    now += HOUR + 11 * 60_000;
    expect(await decide(api, 'planner')).toMatchObject({ reason: 'fusion-keeps-planner' });
  });
});

describe('a configuration that cannot be used', () => {
  it.each([
    ['is no JSON', '{"mode": '],
    ['is binary', '\u0000\u0001'],
  ])('because it %s leaves the defaults, the file and a word about it', async (_how, content) => {
    const api = await useApi();
    write(api.paths.userConfigFile, content);
    expect(await decide(api)).toMatchObject({ route: true, reason: 'fusion-default-explore' });
    const { body } = await api.request('GET', '/v1/status');
    expect((body as Status).configProblems).toMatchObject([{ source: api.paths.userConfigFile }]);
    expect(readFileSync(api.paths.userConfigFile, 'utf8')).toBe(content);
  });

  it('because it is a folder does so too', async () => {
    const api = await useApi();
    mkdirSync(api.paths.userConfigFile, { recursive: true });
    expect(await decide(api)).toMatchObject({ route: true });
    expect(((await api.request('GET', '/v1/status')).body as Status).configProblems).toHaveLength(1);
  });

  it('in a project is told to the session that starts there, in one line', async () => {
    const api = await useApi();
    write(`${api.projectDir}/.omcm/config.json`, '{"mode": "fussion"}');
    const session = { sessionId: 's', directory: api.projectDir };
    const { notice } = (await api.request('POST', '/v1/sessions', session)).body as { notice: string };
    expect(notice).toMatch(/^OMCM: config\.json: .*mode/);
    expect(notice).not.toContain('\n');
  });
});

describe('a configuration that was mended', () => {
  it('is seen by the next call', async () => {
    const api = await useApi();
    write(api.paths.userConfigFile, { mode: 'default' });
    expect(await decide(api)).toMatchObject({ route: false, reason: 'default' });
    write(api.paths.userConfigFile, { mode: 'save-tokens' });
    expect(await decide(api)).toMatchObject({ route: true, reason: 'token-saving-agent-explore' });
  });
});
