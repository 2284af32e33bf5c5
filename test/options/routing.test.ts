// Settings that a decision shows: the same call is asked before and after.
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/core/routing/decision.ts';
import type { FallbackStatus, QuotaReply } from '../../src/protocol/quota.ts';
import { runTask } from '../daemon/support/run-task.ts';
import { type Settings, useSettings } from './use-settings.ts';

type Row = {
  readonly option: string;
  /** Percent of the five-hour window. */
  readonly used?: number;
  readonly fallback?: 'on';
  readonly first?: object;
  readonly call: object;
  readonly before: unknown;
  readonly set: object;
  readonly after: unknown;
};

const staysOnClaude = expect.objectContaining({ route: false });
const goesTo = (model: string) => expect.objectContaining({ route: true, target: named(model) });
const named = (model: string) => expect.objectContaining({ model });
const because = (reason: string) => expect.objectContaining({ reason });
const mine = (more: object) => ({ agents: { mine: { stays: false, target: 'flash', ...more } } });

const ROWS: readonly Row[] = [
  {
    option: 'mode',
    first: { mode: 'default' },
    call: { agent: 'explore' },
    before: because('default'),
    set: { mode: 'fusion' },
    after: because('fusion-default-explore'),
  },
  {
    option: 'fusionDefault',
    first: { mode: 'default' },
    call: { agent: 'architect' },
    before: because('default'),
    set: { fusionDefault: true },
    after: because('fusion-default-architect'),
  },
  {
    option: 'threshold',
    first: { mode: 'default' },
    used: 60,
    call: { agent: 'planner' },
    before: because('default'),
    set: { threshold: 55 },
    after: because('fallback-active'),
  },
  {
    option: 'routing.enabled',
    call: { agent: 'explore' },
    before: because('fusion-default-explore'),
    set: { routing: { enabled: false } },
    after: because('routing-disabled'),
  },
  {
    option: 'routing.autoDelegate',
    call: { agent: 'explore' },
    before: because('fusion-default-explore'),
    set: { routing: { autoDelegate: false } },
    after: because('auto-delegate-off'),
  },
  {
    option: 'routing.preferOpencode',
    first: { mode: 'default' },
    call: { agent: 'explore' },
    before: staysOnClaude,
    set: { routing: { preferOpencode: ['explore'] } },
    after: because('rule-prefer-opencode-explore'),
  },
  {
    option: 'routing.preferClaude',
    call: { agent: 'explore' },
    before: because('fusion-default-explore'),
    set: { routing: { preferClaude: ['explore'] } },
    after: because('rule-prefer-claude-explore'),
  },
  ...(
    [
      ['oracle', 'architect', 'gpt-5.2'],
      ['codex', 'executor', 'gpt-5.2-codex'],
      ['flash', 'explore', 'gemini-3-flash'],
    ] as const
  ).map(([role, agent, model]) => ({
    option: `targets.${role}`,
    call: { agent, permissionMode: 'bypassPermissions' },
    before: goesTo(model),
    set: { targets: { [role]: ['openai/of-next-year'] } },
    after: goesTo('of-next-year'),
  })),
  {
    option: 'agents.NAME.target',
    call: { agent: 'explore' },
    before: goesTo('gemini-3-flash'),
    set: { agents: { explore: { target: 'Oracle' } } },
    after: goesTo('gpt-5.2'),
  },
  {
    option: 'agents.NAME.model',
    call: { agent: 'explore' },
    before: goesTo('gemini-3-flash'),
    set: { agents: { explore: { model: 'openai/gpt-5.2-codex' } } },
    after: goesTo('gpt-5.2-codex'),
  },
  {
    option: 'agents.NAME.stays',
    call: { agent: 'explore' },
    before: because('fusion-default-explore'),
    set: { agents: { explore: { stays: true } } },
    after: staysOnClaude,
  },
  {
    option: 'agents.NAME.writes',
    first: mine({}),
    call: { agent: 'mine', permissionMode: 'default' },
    before: because('permission-writes-not-delegated'),
    set: mine({ writes: false }),
    after: because('fusion-default-mine'),
  },
  {
    option: 'agents.NAME.engine',
    call: { agent: 'writer', permissionMode: 'default' },
    before: because('permission-writes-not-delegated'),
    set: { agents: { writer: { engine: 'native-tools' } } },
    after: expect.objectContaining({ route: true, engine: 'native-tools' }),
  },
  {
    option: 'fallback.chain',
    fallback: 'on',
    call: { agent: 'architect' },
    before: expect.objectContaining({ alternatives: expect.arrayContaining([named('gemini-2.5-flash')]) }),
    set: { fallback: { chain: ['openai/of-next-year'] } },
    after: expect.objectContaining({ alternatives: [named('of-next-year')] }),
  },
  {
    option: 'fallback.forceModel',
    fallback: 'on',
    call: { agent: 'explore' },
    before: goesTo('gemini-3-flash'),
    set: { fallback: { forceModel: 'openai/gpt-5.2-codex' } },
    after: goesTo('gpt-5.2-codex'),
  },
  {
    option: 'permissions.delegateWrites',
    call: { agent: 'writer', permissionMode: 'default' },
    before: because('permission-writes-not-delegated'),
    set: { permissions: { delegateWrites: 'allow' } },
    after: because('fusion-default-writer'),
  },
];

const tell = ({ ask }: Settings, percent: number, at: number): Promise<QuotaReply> =>
  ask('POST', '/v1/quota', {
    source: 'mod',
    sessionId: 's1',
    windows: [{ kind: 'five_hour', percent, resetsAt: new Date(at + 3_600_000).toISOString() }],
  });

describe('the next call is decided by the option', () => {
  it.each(ROWS)('$option', async ({ first = {}, used, fallback, call, before, set, after }) => {
    const settings = await useSettings({ config: first });
    if (used !== undefined) await tell(settings, used, Date.now());
    if (fallback !== undefined) await settings.ask('POST', '/v1/fallback', { set: fallback });
    const decide = async () =>
      (await settings.ask<{ decision: Decision }>('POST', '/v1/route', call)).decision;
    expect(await decide()).toEqual(before);
    settings.set(set);
    expect(await decide()).toEqual(after);
  });
});

it('routing.usageThreshold is where the user is warned', async () => {
  const settings = await useSettings({ config: { mode: 'default' } });
  expect((await tell(settings, 60, Date.now())).notices).toEqual([]);
  settings.set({ routing: { usageThreshold: 55 } });
  expect((await tell(settings, 61, Date.now())).notices).toEqual([expect.stringContaining('at 61 %')]);
});

it.each([
  [5, true],
  [0.5, false],
])('fallback.dwellMinutes: %d keeps a fallback that is two minutes old: %s', async (dwellMinutes, active) => {
  let now = Date.UTC(2026, 0, 28, 12);
  const settings = await useSettings({ config: { fallback: { dwellMinutes } }, now: () => now });
  const end = now;
  await tell(settings, 92, end);
  for (const percent of [40, 41]) {
    now += 60_000;
    await tell(settings, percent, end);
  }
  expect(await settings.ask<FallbackStatus>('GET', '/v1/fallback')).toMatchObject({ active });
});

describe('work is shared out among the models of a role', () => {
  const flash = ['openai/gpt-5.2', 'google/gemini-3-flash'];
  const modelsOf = async (settings: Settings, tasks: number): Promise<readonly string[]> => {
    const models: string[] = [];
    for (let task = 0; task < tasks; task += 1) models.push((await runTask(settings)).outcome.model);
    return models;
  };

  it('by routing.balance', async () => {
    const settings = await useSettings({ config: { targets: { flash } } });
    expect(await modelsOf(settings, 2)).toEqual(['gpt-5.2', 'gpt-5.2']);
    settings.set({ routing: { balance: 'round-robin' } });
    expect(new Set(await modelsOf(settings, 2))).toEqual(new Set(['gpt-5.2', 'gemini-3-flash']));
  });

  it('by routing.weights', async () => {
    const weighted = (weights: object) => ({ routing: { balance: 'weighted', weights } });
    const settings = await useSettings({ config: { targets: { flash } } });
    settings.set(weighted({ openai: 0, gemini: 1 }));
    expect(await modelsOf(settings, 3)).toEqual(Array(3).fill('gemini-3-flash'));
    settings.set(weighted({ openai: 1, gemini: 0 }));
    expect(await modelsOf(settings, 3)).toEqual(Array(3).fill('gpt-5.2'));
  });
});
