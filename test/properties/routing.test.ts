import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENT_ALIASES, AGENTS } from '../../src/core/agents/catalogue.ts';
import { resolveAgent } from '../../src/core/agents/resolve-agent.ts';
import { NO_READINGS } from '../../src/core/quota/reading.ts';
import { decideRoute, explainRoute, type RouteInput } from '../../src/core/routing/decide-route.ts';
import { shouldRouteToOpenCode } from '../../src/core/routing/should-route-to-opencode.ts';

const NOW = Date.UTC(2026, 0, 28, 12);
const HOUR = 3_600_000;
const MODELS = [
  'openai/gpt-5.2',
  'google/gemini-3-flash',
  'anthropic/claude-opus',
  'xai/grok',
  'nonsense',
  '',
];

const name = fc.oneof(
  fc.constantFrom(...AGENTS.map((agent) => agent.name), ...AGENT_ALIASES.keys()),
  fc.constantFrom('__proto__', 'constructor', '', 'omc:architect', 'x:y:Explore'),
  fc.string({ unit: 'binary' }),
);
const number = fc.oneof(fc.double(), fc.integer({ min: 0, max: 110 }));
const time = fc.oneof(
  fc.double(),
  fc.integer({ min: -200, max: 200 }).map((hours) => NOW + hours * HOUR),
);
const reading = fc.option(fc.record({ percent: number, readAt: time, resetsAt: fc.option(time) }));
const models = fc.array(fc.oneof(fc.constantFrom(...MODELS), fc.string()), { maxLength: 4 });
const names = fc.array(name, { maxLength: 4 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const settings = fc.record({
  target: optional(fc.constantFrom('oracle' as const, 'codex' as const, 'flash' as const)),
  model: optional(fc.constantFrom(...MODELS)),
  stays: optional(fc.boolean()),
  writes: optional(fc.boolean()),
});

const rules = fc.record({
  fusionDefault: fc.boolean(),
  threshold: number,
  autoHandoff: fc.boolean(),
  routing: fc.record({
    enabled: fc.boolean(),
    usageThreshold: number,
    autoDelegate: fc.boolean(),
    preferOpencode: names,
    preferClaude: names,
  }),
  targets: fc.record({ oracle: models, codex: models, flash: models }),
  agents: fc.dictionary(name, settings, { maxKeys: 4 }),
  fallback: fc.record({
    forceModel: fc.option(fc.constantFrom(...MODELS)),
    chain: fc.subarray([...MODELS]),
  }),
  permissions: fc.record({
    delegateWrites: fc.constantFrom('never' as const, 'ask' as const, 'allow' as const),
  }),
});

const input: fc.Arbitrary<RouteInput> = fc.record({
  agent: name,
  rules,
  mode: fc.constantFrom('default' as const, 'save-tokens' as const, 'fusion' as const),
  fallback: fc.record({ active: fc.boolean() }),
  quota: fc.record({ fiveHour: reading, weekly: reading }),
  pace: optional(
    fc.record({
      level: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
      window: fc.constantFrom('fiveHour' as const, 'weekly' as const),
      percentAtReset: fc.double(),
    }),
  ),
  now: fc.oneof(fc.constant(NOW), fc.double()),
  permissionMode: optional(
    fc.oneof(fc.constantFrom('default', 'plan', 'acceptEdits', 'bypassPermissions'), fc.string()),
  ),
  connectedModels: optional(models.map((list) => new Set(list))),
});

describe('a routing decision', () => {
  it('is made for any input, with a reason, and is the same each time', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const decision = decideRoute(asked);
        expect(decision.reason).not.toBe('');
        expect(decideRoute(structuredClone(asked))).toEqual(decision);
      }),
    );
  });

  it('never routes while routing is switched off', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const routing = { ...asked.rules.routing, enabled: false };
        expect(decideRoute({ ...asked, rules: { ...asked.rules, routing } }).route).toBe(false);
      }),
    );
  });

  it('has a model of a provider other than Claude exactly when it routes', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { route, target, opencodeAgent } = decideRoute(asked);
        expect([target !== null, opencodeAgent !== null]).toEqual([route, route]);
        if (target === null) return;
        expect(target.model).not.toBe('');
        expect(target.name).not.toBe('');
        expect(['claude', 'anthropic', '']).not.toContain(target.provider);
      }),
    );
  });

  it('goes only to a model that is connected, where that is known', () => {
    fc.assert(
      fc.property(input, models, (asked, connected) => {
        const { target } = decideRoute({ ...asked, connectedModels: new Set(connected) });
        if (target) expect(connected).toContain(`${target.opencodeProvider}/${target.model}`);
      }),
    );
  });

  it('is not changed by readings that are over', () => {
    const over = fc.oneof(
      fc.record({ percent: number, readAt: fc.constant(NOW - HOUR), resetsAt: fc.constant(NOW - 1) }),
      fc.record({
        percent: number,
        readAt: fc.constant(NOW - 8 * 24 * HOUR),
        resetsAt: fc.constant(NOW + HOUR),
      }),
      fc.record({ percent: number, readAt: fc.constant(NOW - 2 * HOUR), resetsAt: fc.constant(null) }),
    );
    fc.assert(
      fc.property(input, over, over, (asked, fiveHour, weekly) => {
        const known = decideRoute({ ...asked, now: NOW, quota: { fiveHour, weekly } });
        expect(known).toEqual(decideRoute({ ...asked, now: NOW, quota: NO_READINGS }));
      }),
    );
  });

  it('never lets a role that writes out of a session in default mode that does not allow it', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const decision = decideRoute({
          ...asked,
          permissionMode: 'default',
          rules: { ...asked.rules, permissions: { delegateWrites: 'never' } },
        });
        if (decision.route) expect(decision.writes).toBe(false);
      }),
    );
  });

  it('is told by its trail: the step that it names said what it gives as the reason', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { decision, trail } = explainRoute(asked);
        expect(trail.find(({ step }) => step === decision.step)?.said).toBe(decision.reason);
        if (!decision.route) expect(trail.at(-1)?.step).toBe(decision.step);
      }),
    );
  });
});

describe("the seed's face of it", () => {
  it('never throws, and stays on Claude for what is not understood', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (toolInput, options, clock) => {
        const answer = shouldRouteToOpenCode(toolInput as never, options as never, clock as never);
        expect(answer.route).toBe(answer.targetModel !== null);
      }),
    );
  });

  it('agrees with the decision', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { rules: config, agent, fallback, ...rest } = asked;
        const decision = decideRoute(asked);
        const answer = shouldRouteToOpenCode({ subagent_type: agent }, { ...rest, config, fallback }, 0);
        expect(answer).toMatchObject({
          route: decision.route,
          reason: decision.reason,
          target: decision.target,
        });
      }),
    );
  });
});

describe("an agent's name", () => {
  it('is resolved to something printable and short, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 10_000, size: 'max' }), (requested) => {
        const { agent, requested: shown } = resolveAgent(requested);
        expect(`${agent.name}${shown}`).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(`${agent.name}${shown}`.length).toBeLessThanOrEqual(320);
      }),
    );
  });

  it("means the same with OMC's prefix as without, for every agent of its own", () => {
    const own = AGENTS.filter(({ name }) => !['Explore', 'Plan', 'claude'].includes(name)).slice(0, 39);
    fc.assert(
      fc.property(
        fc.constantFrom(...own),
        fc.constantFrom('omc', 'oh-my-claudecode', 'OMC'),
        (agent, prefix) => {
          expect(resolveAgent(`${prefix}:${agent.name}`).agent).toEqual(resolveAgent(agent.name).agent);
        },
      ),
    );
  });
});
