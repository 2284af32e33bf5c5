import { describe, expect, it } from 'vitest';
import { decideRoute, explainRoute } from '../../../src/core/routing/decide-route.ts';
import { HOUR, input, NOW, reading } from './route-input.ts';

const spent = { fiveHour: reading(95), weekly: null };

describe('the order of the steps', () => {
  it('lets the master switch beat an active fallback', () => {
    const rules = { routing: { enabled: false } };
    expect(decideRoute(input({ rules, fallback: { active: true } }))).toMatchObject({
      route: false,
      reason: 'routing-disabled',
      step: 'switch',
    });
  });

  it('routes nothing by itself when automatic delegation is off', () => {
    const rules = { routing: { autoDelegate: false } };
    expect(decideRoute(input({ rules, mode: 'fusion' }))).toMatchObject({
      route: false,
      reason: 'auto-delegate-off',
    });
  });

  it('keeps an unknown agent on Claude even in fallback', () => {
    expect(decideRoute(input({ agent: 'stranger', fallback: { active: true } }))).toEqual({
      route: false,
      reason: 'unknown-agent',
      step: 'agent',
      agent: { requested: 'stranger', name: 'stranger', known: false },
      target: null,
      opencodeAgent: null,
    });
  });

  it('keeps general-purpose on Claude even at the limit, and says that it is known', () => {
    expect(decideRoute(input({ agent: 'general-purpose', quota: spent }))).toMatchObject({
      route: false,
      reason: 'claude-only-general-purpose',
      agent: { known: true },
    });
  });

  it('names fallback rather than the limit when both hold', () => {
    expect(decideRoute(input({ fallback: { active: true }, quota: spent })).reason).toBe('fallback-active');
  });

  it('lets the limit beat a rule that prefers Claude', () => {
    const rules = { routing: { preferClaude: ['architect'] }, agents: { architect: { stays: true } } };
    expect(decideRoute(input({ rules, quota: spent }))).toMatchObject({
      route: true,
      reason: 'claude-limit-95%',
    });
  });

  it('lets a rule beat the mode, both ways', () => {
    const rules = { routing: { preferClaude: ['explore'], preferOpencode: ['planner'] } };
    expect(decideRoute(input({ agent: 'explore', rules, mode: 'fusion' }))).toMatchObject({
      route: false,
      reason: 'rule-prefer-claude-explore',
      step: 'rule',
    });
    expect(decideRoute(input({ agent: 'planner', rules }))).toMatchObject({
      route: true,
      reason: 'rule-prefer-opencode-planner',
      step: 'rule',
    });
  });

  it('gives a whole decision for a routed agent', () => {
    expect(decideRoute(input({ agent: 'oh-my-claudecode:architect', mode: 'fusion' }))).toEqual({
      route: true,
      engine: 'opencode',
      reason: 'fusion-default-architect',
      step: 'mode',
      agent: { requested: 'oh-my-claudecode:architect', name: 'architect', known: true },
      target: { provider: 'openai', model: 'gpt-5.2', name: 'GPT-5.2', opencodeProvider: 'openai' },
      alternatives: [],
      role: 'oracle',
      roleLabel: 'Oracle',
      opencodeAgent: 'build',
      tier: 'high',
      writes: false,
    });
  });
});

describe('the mode', () => {
  it('says that fusion keeps the planner', () => {
    expect(decideRoute(input({ agent: 'planner', mode: 'fusion' }))).toMatchObject({
      route: false,
      reason: 'fusion-keeps-planner',
      step: 'mode',
    });
  });
});

describe('the limit', () => {
  it.each([
    ['just below the threshold', { fiveHour: reading(89.99), weekly: null }, null],
    ['at the threshold', { fiveHour: reading(90), weekly: null }, 'claude-limit-90%'],
    ['with the weekly window alone', { fiveHour: null, weekly: reading(97.9) }, 'claude-limit-97%'],
    [
      'with the larger of two spent windows',
      { fiveHour: reading(91), weekly: reading(99) },
      'claude-limit-99%',
    ],
    [
      'with a weekly window that is not spent',
      { fiveHour: reading(93), weekly: reading(40) },
      'claude-limit-93%',
    ],
    ['over a hundred percent', { fiveHour: reading(104), weekly: null }, 'claude-limit-100%'],
    ['with a percentage that is no number', { fiveHour: reading(Number.NaN), weekly: null }, null],
    ['with an endless percentage', { fiveHour: reading(Number.POSITIVE_INFINITY), weekly: null }, null],
    ['past its reset', { fiveHour: reading(99, { resetsAt: NOW }), weekly: null }, null],
    ['with a reading gone stale', { fiveHour: reading(99, { readAt: NOW - 6 * HOUR }), weekly: null }, null],
    ['with no readings', { fiveHour: null, weekly: null }, null],
  ])('%s', (_, quota, reason) => {
    const decision = decideRoute(input({ quota }));
    expect(decision.route ? decision.reason : null).toBe(reason);
  });

  it('is the one that the user has set', () => {
    const quota = { fiveHour: reading(60), weekly: null };
    expect(decideRoute(input({ quota, rules: { threshold: 60 } })).reason).toBe('claude-limit-60%');
  });
});

describe("the user's rules", () => {
  it('match by alias and by prefix as well as by name', () => {
    for (const entry of ['explore', 'explorer', 'omc:explore', ' Explorer ']) {
      const rules = { routing: { preferOpencode: [entry] } };
      expect(decideRoute(input({ agent: 'oh-my-claudecode:explore', rules })).reason).toBe(
        'rule-prefer-opencode-explore',
      );
    }
  });

  it('keep an agent that stands in both lists', () => {
    const rules = { routing: { preferOpencode: ['writer'], preferClaude: ['writer'] } };
    expect(decideRoute(input({ agent: 'writer', rules })).reason).toBe('rule-prefer-claude-writer');
  });

  it('keep an agent whose settings say that it stays', () => {
    const rules = { agents: { writer: { stays: true } }, routing: { preferOpencode: ['writer'] } };
    expect(decideRoute(input({ agent: 'writer', rules })).reason).toBe('rule-prefer-claude-writer');
  });

  it('free the planner for fusion where its settings say that it does not stay', () => {
    const rules = { agents: { planner: { stays: false } } };
    expect(decideRoute(input({ agent: 'planner', rules, mode: 'fusion' })).route).toBe(true);
  });

  it('route general-purpose and an unknown agent where the list names them', () => {
    const rules = { routing: { preferOpencode: ['general-purpose', 'stranger'] } };
    expect(decideRoute(input({ agent: 'general-purpose', rules })).reason).toBe(
      'rule-prefer-opencode-general-purpose',
    );
    expect(decideRoute(input({ agent: 'stranger', rules }))).toMatchObject({ route: true, role: 'oracle' });
  });

  it('let an agent move with the modes once its settings name it', () => {
    const rules = { agents: { stranger: { target: 'flash' as const } } };
    for (const mode of ['save-tokens', 'fusion'] as const) {
      expect(decideRoute(input({ agent: 'stranger', rules, mode }))).toMatchObject({
        route: true,
        role: 'flash',
      });
    }
    expect(decideRoute(input({ agent: 'stranger', rules }))).toMatchObject({
      route: false,
      reason: 'default',
    });
  });

  it('do not free an unknown agent by saying that it stays', () => {
    const rules = { agents: { stranger: { stays: true, target: 'flash' as const } } };
    expect(decideRoute(input({ agent: 'stranger', rules, mode: 'fusion' })).reason).toBe('unknown-agent');
  });
});

describe('the target', () => {
  const fusion = { mode: 'fusion' } as const;
  const model = (decision: ReturnType<typeof decideRoute>) => decision.target?.model ?? decision.reason;

  it('is the first candidate that OpenCode has connected', () => {
    const rules = { targets: { oracle: ['openai/gpt-5.2', 'google/gemini-3-pro', 'xai/grok'] } };
    const connectedModels = new Set(['xai/grok', 'google/gemini-3-pro']);
    expect(model(decideRoute(input({ ...fusion, rules, connectedModels })))).toBe('gemini-3-pro');
  });

  it('is missing where none is connected, and then the agent stays', () => {
    expect(decideRoute(input({ ...fusion, connectedModels: new Set() }))).toMatchObject({
      route: false,
      reason: 'no-model-oracle',
      step: 'target',
    });
  });

  it("is the agent's own model before those of its role", () => {
    const rules = { agents: { architect: { model: 'xai/grok' } } };
    expect(model(decideRoute(input({ ...fusion, rules })))).toBe('grok');
    const connectedModels = new Set(['openai/gpt-5.2']);
    expect(model(decideRoute(input({ ...fusion, rules, connectedModels })))).toBe('gpt-5.2');
  });

  it('is of the role that the user gave the agent', () => {
    const rules = { agents: { architect: { target: 'codex' as const } } };
    expect(decideRoute(input({ ...fusion, rules }))).toMatchObject({
      role: 'codex',
      roleLabel: 'Codex',
      target: { model: 'gpt-5.2-codex' },
    });
  });

  it('is the forced model in fallback, and only there', () => {
    const rules = { fallback: { forceModel: 'openai/gpt-5.2-codex' } };
    expect(model(decideRoute(input({ rules, fallback: { active: true } })))).toBe('gpt-5.2-codex');
    expect(model(decideRoute(input({ ...fusion, rules })))).toBe('gpt-5.2');
  });
});

describe('the fallback chain', () => {
  const connectedModels = new Set(['mistral/large']);
  const rules = { fallback: { chain: ['openai/gpt-5.2-codex', 'mistral/large'] } };

  it("stands in where none of the agent's own models is connected, in fallback and at the limit", () => {
    for (const emergency of [
      { fallback: { active: true } },
      { quota: { fiveHour: reading(95), weekly: null } },
    ]) {
      expect(decideRoute(input({ ...emergency, rules, connectedModels })).target?.model).toBe('large');
    }
  });

  it('leaves an agent its own models where they are connected', () => {
    const both = new Set(['mistral/large', 'google/gemini-3-flash']);
    const decision = decideRoute(
      input({ agent: 'explore', rules, connectedModels: both, fallback: { active: true } }),
    );
    expect(decision.target?.model).toBe('gemini-3-flash');
  });

  it('has no part in what a mode or a rule routes', () => {
    const decision = decideRoute(input({ mode: 'fusion', rules, connectedModels }));
    expect(decision.reason).toBe('no-model-oracle');
  });
});

describe('the pace', () => {
  const at = (level: 0 | 1 | 2 | 3) => ({
    pace: { level, window: 'weekly' as const, percentAtReset: 128.4 },
  });

  it.each([
    ['explore', 1],
    ['explore-medium', 2],
    ['explore-high', 3],
  ] as const)('shifts %s from level %i on', (agent, level) => {
    expect(decideRoute(input({ agent, ...at((level - 1) as 0 | 1 | 2) })).reason).toBe('default');
    expect(decideRoute(input({ agent, ...at(level) }))).toMatchObject({
      route: true,
      step: 'pace',
      reason: `pace-weekly-128%-${agent}`,
    });
  });

  it.each(['architect', 'planner', 'executor', 'critic', 'executor-low'])(
    'never shifts %s, which save-tokens mode would not',
    (agent) => {
      expect(decideRoute(input({ agent, ...at(3) })).route).toBe(false);
    },
  );

  it("leaves the last word to the user's rule", () => {
    const rules = { routing: { preferClaude: ['explore'] } };
    expect(decideRoute(input({ agent: 'explore', rules, ...at(3) })).reason).toBe(
      'rule-prefer-claude-explore',
    );
  });
});

describe('saving from the warning on', () => {
  const scarce = { quota: { fiveHour: reading(72), weekly: null } };

  it('happens only where the user lets it', () => {
    expect(decideRoute(input({ agent: 'explore', ...scarce })).reason).toBe('default');
    const rules = { autoHandoff: true };
    expect(decideRoute(input({ agent: 'explore', rules, ...scarce })).reason).toBe(
      'claude-usage-72%-explore',
    );
    expect(decideRoute(input({ agent: 'architect', rules, ...scarce })).reason).toBe('default');
  });

  it('begins at the threshold that the user has set, and is for days without a mode', () => {
    const rules = { autoHandoff: true, routing: { usageThreshold: 80 } };
    expect(decideRoute(input({ agent: 'explore', rules, ...scarce })).reason).toBe('default');
    const low = { autoHandoff: true };
    expect(decideRoute(input({ agent: 'explore', rules: low, mode: 'fusion', ...scarce })).step).toBe('mode');
  });
});

describe('a fallback that is held off by hand', () => {
  it('silences the limit too, and leaves the rest to the modes', () => {
    const spent = { quota: { fiveHour: reading(95), weekly: null } };
    const fallback = { active: false, heldOff: true };
    expect(decideRoute(input({ ...spent, fallback })).reason).toBe('default');
    expect(decideRoute(input({ ...spent, fallback, mode: 'fusion' })).step).toBe('mode');
  });
});

describe('the permission', () => {
  const executor = { agent: 'executor', mode: 'fusion' } as const;

  it('is not asked where no session asks', () => {
    expect(decideRoute(input(executor)).route).toBe(true);
  });

  it('keeps an agent that writes on Claude where Claude Code would ask for each edit', () => {
    expect(decideRoute(input({ ...executor, permissionMode: 'default' }))).toMatchObject({
      route: false,
      reason: 'permission-writes-not-delegated',
      step: 'permission',
    });
    const rules = { permissions: { delegateWrites: 'ask' as const } };
    expect(decideRoute(input({ ...executor, rules, permissionMode: 'default' })).reason).toBe(
      'permission-writes-need-asking',
    );
  });

  it('lets it go where the user has allowed it or accepts edits anyway', () => {
    const rules = { permissions: { delegateWrites: 'allow' as const } };
    expect(decideRoute(input({ ...executor, rules, permissionMode: 'default' })).route).toBe(true);
    expect(decideRoute(input({ ...executor, permissionMode: 'acceptEdits' })).route).toBe(true);
  });

  it('never keeps an agent that only reads', () => {
    expect(decideRoute(input({ mode: 'fusion', permissionMode: 'default' })).route).toBe(true);
  });

  it('believes the user who says that an agent does not write', () => {
    const rules = { agents: { stranger: { target: 'flash' as const, writes: false } } };
    const asked = input({ agent: 'stranger', rules, mode: 'fusion', permissionMode: 'default' });
    expect(decideRoute(asked)).toMatchObject({ route: true, writes: false });
  });
});

describe('the trail', () => {
  it('ends where the decision fell, with every step before it silent', () => {
    const { trail } = explainRoute(
      input({ agent: 'explore', rules: { routing: { preferClaude: ['explore'] } } }),
    );
    expect(trail).toEqual([
      { step: 'switch', said: null },
      { step: 'force', said: null },
      { step: 'agent', said: null },
      { step: 'fallback', said: null },
      { step: 'limit', said: null },
      { step: 'rule', said: 'rule-prefer-claude-explore' },
    ]);
  });

  it('goes on to target and permission for a routed agent', () => {
    const { trail } = explainRoute(input({ fallback: { active: true } }));
    expect(trail.slice(3)).toEqual([
      { step: 'fallback', said: 'fallback-active' },
      { step: 'target', said: 'openai/gpt-5.2' },
      { step: 'permission', said: null },
    ]);
  });

  it('shows what refused a route', () => {
    const last = (given: Parameters<typeof input>[0]) =>
      explainRoute(input({ mode: 'fusion', ...given })).trail.at(-1);
    expect(last({ connectedModels: new Set() })).toEqual({ step: 'target', said: 'no-model-oracle' });
    expect(last({ agent: 'executor', permissionMode: 'manual' })).toEqual({
      step: 'permission',
      said: 'permission-writes-not-delegated',
    });
  });

  it('ends with the default where nothing spoke', () => {
    expect(explainRoute(input({})).trail.at(-1)).toEqual({ step: 'default', said: 'default' });
  });
});

describe('a budget', () => {
  const spent = { reason: 'budget-day-104%', block: null };
  const stopped = { ...spent, block: 'Not today.' };

  it('keeps on Claude what would have been routed, whoever asked for it', () => {
    const forced = { rules: [{ id: 'go', action: 'force_opencode' as const, when: { agent: 'architect' } }] };
    for (const given of [{ mode: 'fusion' as const }, { fallback: { active: true } }, { rules: forced }]) {
      expect(decideRoute(input({ ...given, budget: null })).route).toBe(true);
      const kept = decideRoute(input({ ...given, budget: spent }));
      expect(kept).toMatchObject({ route: false, step: 'budget', reason: 'budget-day-104%' });
      expect(kept).not.toHaveProperty('block');
    }
  });

  it('has nobody answer it where the user wants that', () => {
    expect(decideRoute(input({ mode: 'fusion', budget: stopped }))).toMatchObject({
      step: 'budget',
      block: { rule: null, message: 'Not today.' },
    });
  });

  it('says nothing of what stays on Claude anyway', () => {
    expect(decideRoute(input({ budget: stopped }))).toMatchObject({ step: 'default' });
    const writer = input({ agent: 'executor', mode: 'fusion', permissionMode: 'manual', budget: stopped });
    expect(decideRoute(writer)).toMatchObject({ step: 'permission' });
  });

  it('is a step of the trail only where there is one', () => {
    const last = (budget: typeof spent | null | undefined) =>
      explainRoute(input({ mode: 'fusion', budget })).trail.at(-1);
    expect(last(undefined)).toEqual({ step: 'permission', said: null });
    expect(last(null)).toEqual({ step: 'budget', said: null });
    expect(last(spent)).toEqual({ step: 'budget', said: 'budget-day-104%' });
  });
});
