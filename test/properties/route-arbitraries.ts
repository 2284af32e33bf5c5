// Anything that a routing decision can be asked, sensible or not.
import fc from 'fast-check';
import { AGENT_ALIASES, AGENTS } from '../../src/core/agents/catalogue.ts';
import type { RouteInput } from '../../src/core/routing/decide-route.ts';
import { SESSION_MODES } from '../../src/core/session-mode/session-mode.ts';
import { promptFacts, userRule } from './rule-arbitraries.ts';

export const NOW = Date.UTC(2026, 0, 28, 12);
export const HOUR = 3_600_000;
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
export const number = fc.oneof(fc.double(), fc.integer({ min: 0, max: 110 }));
const time = fc.oneof(
  fc.double(),
  fc.integer({ min: -200, max: 200 }).map((hours) => NOW + hours * HOUR),
);
const reading = fc.option(fc.record({ percent: number, readAt: time, resetsAt: fc.option(time) }));
export const models = fc.array(fc.oneof(fc.constantFrom(...MODELS), fc.string()), { maxLength: 4 });
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
  rules: fc.array(userRule, { maxLength: 5 }),
  fallback: fc.record({
    forceModel: fc.option(fc.constantFrom(...MODELS)),
    chain: fc.subarray([...MODELS]),
  }),
  permissions: fc.record({
    delegateWrites: fc.constantFrom('never' as const, 'ask' as const, 'allow' as const),
  }),
});

export const routeInput: fc.Arbitrary<RouteInput> = fc.record({
  agent: name,
  rules,
  mode: fc.constantFrom('default' as const, 'save-tokens' as const, 'fusion' as const),
  session: optional(fc.constantFrom(...SESSION_MODES)),
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
  enabled: optional(fc.boolean()),
  project: optional(fc.constantFrom('/work/a', '/work/b/', '')),
  minuteOfDay: optional(fc.integer({ min: 0, max: 1_439 })),
  prompt: optional(promptFacts),
});
