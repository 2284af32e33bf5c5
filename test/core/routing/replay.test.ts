import { describe, expect, it } from 'vitest';
import { decideRoute, type RouteInput } from '../../../src/core/routing/decide-route.ts';
import { fateOf, type PastCall, replayCalls } from '../../../src/core/routing/replay.ts';
import { completeRules } from '../../../src/core/routing/rules.ts';
import { restoreInput, takeSnapshot } from '../../../src/core/routing/snapshot.ts';
import { input, reading } from './route-input.ts';

let calls = 0;

function past(given: Parameters<typeof input>[0], tokens: number | null = null): PastCall {
  const asked = input(given);
  calls += 1;
  return {
    requestId: `r${calls}`,
    agent: asked.agent,
    was: fateOf(decideRoute(asked)),
    inputs: takeSnapshot(asked),
    tokens,
  };
}

const under = (rules: Parameters<typeof completeRules>[0], mode: 'fusion' | 'default' | null = null) => ({
  rules: completeRules(rules),
  mode,
});

describe('a replay', () => {
  it('finds nothing changed under the configuration that it was', () => {
    const log = [past({ mode: 'fusion' }, 500), past({ agent: 'planner' })];
    expect(replayCalls(log, under({}))).toMatchObject({ calls: 2, changed: [] });
  });

  it('tells which calls would have left Claude, and estimates by what their like has used', () => {
    const log = [
      past({ agent: 'explore', mode: 'fusion' }, 1_000),
      past({ agent: 'explore', mode: 'fusion' }, 3_000),
      past({ agent: 'explore' }),
      past({ agent: 'architect' }),
    ];
    const { changed, toOthers } = replayCalls(log, under({}, 'fusion'));
    expect(changed.map(({ agent, would }) => [agent, would])).toEqual([
      ['explore', { by: 'gemini/gemini-3-flash', reason: 'fusion-default-explore' }],
      ['architect', { by: 'openai/gpt-5.2', reason: 'fusion-default-architect' }],
    ]);
    // The mean of the explorers for the one, and of all for the other.
    expect(toOthers).toEqual({ calls: 2, tokens: 4_000 });
  });

  it('tells which would have stayed, been blocked, or gone elsewhere, with what they used', () => {
    const log = [
      past({ agent: 'explore', mode: 'fusion' }, 10),
      past({ agent: 'architect', mode: 'fusion' }, 20),
      past({ agent: 'researcher', mode: 'fusion' }, 30),
    ];
    const replay = replayCalls(
      log,
      under({
        rules: [
          { id: 'a', action: 'force_claude', when: { agent: 'explore' } },
          { id: 'b', action: 'block', message: 'no', when: { agent: 'architect' } },
          { id: 'c', action: 'target', target: 'flash', when: { agent: 'researcher' } },
        ],
      }),
    );
    expect(replay.toClaude).toEqual({ calls: 1, tokens: 10 });
    expect(replay.toNobody).toEqual({ calls: 1, tokens: 20 });
    expect(replay.between).toEqual({ calls: 1, tokens: 30 });
    expect(replay.toOthers).toEqual({ calls: 0, tokens: 0 });
  });

  it('has no estimate where nothing was measured', () => {
    expect(replayCalls([past({})], under({}, 'fusion')).toOthers).toEqual({ calls: 1, tokens: null });
  });

  it('judges a reading by the time of the call', () => {
    const log = [past({ quota: { fiveHour: reading(80), weekly: null } }, 5)];
    expect(replayCalls(log, under({ threshold: 75 })).changed[0]?.would.reason).toBe('claude-limit-80%');
  });
});

describe('a snapshot', () => {
  it('gives back the input that a decision was made from', () => {
    const asked: RouteInput = input({
      mode: 'fusion',
      fallback: { active: true },
      quota: { fiveHour: reading(50), weekly: null },
      permissionMode: 'plan',
      project: '/work/a',
      minuteOfDay: 61,
      prompt: { chars: 5, files: ['a.ts'] },
      connectedModels: new Set(['openai/gpt-5.2', 'xai/grok']),
    });
    const back = restoreInput(takeSnapshot(asked), { agent: asked.agent, rules: asked.rules });
    const { connectedModels, ...rest } = back;
    const { connectedModels: _, ...given } = asked;
    expect(rest).toEqual({ ...given, enabled: true });
    expect(connectedModels?.has('openai/gpt-5.2')).toBe(true);
    expect(connectedModels?.has('google/gemini-3-flash')).toBe(false);
  });

  it('stays small, however much there is', () => {
    const snapshot = takeSnapshot(
      input({
        project: '/x'.repeat(3_000),
        prompt: { chars: 1, files: Array.from({ length: 500 }, (_, at) => `${'f'.repeat(300)}${at}.ts`) },
        connectedModels: new Set(Array.from({ length: 500 }, (_, at) => `provider-${at}/model`)),
      }),
    );
    expect(JSON.stringify(snapshot).length).toBeLessThan(5_000);
  });

  it('keeps in mind that a budget was spent then', () => {
    const budget = { reason: 'budget-day-104%', block: null };
    expect(replayCalls([past({ mode: 'fusion', budget })], under({}))).toMatchObject({ changed: [] });
  });
});
