import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../src/core/balancing/strategy.ts';
import { ProviderBalancer } from '../../src/index.ts';

const NAMES = ['claude', 'openai', 'gemini', 'groq'];
const name = fc.constantFrom(...NAMES, 'anthropic', 'google', 'nobody');
const ms = fc.oneof(fc.nat(2_000), fc.nat(3_600_000), fc.integer({ min: -60_000, max: 0 }));
const figure = fc.oneof(fc.nat(60_000), fc.double());
const context = fc.record({ agentType: fc.constantFrom('explore', '__proto__') }, { requiredKeys: [] });
const error = fc.record(
  {
    code: fc.constantFrom(
      'provider-rate-limited' as const,
      'provider-garbage' as const,
      'cancelled' as const,
    ),
    retryAfterMs: fc.double(),
  },
  { requiredKeys: [] },
);
const event = fc.oneof(
  fc.record({
    do: fc.constant('select' as const),
    strategy: fc.constantFrom(...STRATEGIES),
    exclude: fc.subarray(['openai', 'google', 'nobody']),
    context,
    ms,
  }),
  fc.record({ do: fc.constant('latency' as const), name, figure, context, ms }),
  fc.record({ do: fc.constant('usage' as const), name, figure, ms }),
  fc.record({ do: fc.constant('error' as const), name, error, context, ms }),
);
const settings = fc.record(
  {
    weight: fc.constantFrom(0, 0.5, 3),
    priority: fc.nat(2),
    enabled: fc.nat(4).map((die) => die > 0),
  },
  { requiredKeys: [] },
);

function create(providers: Readonly<Record<string, object>>, seed: number, state?: unknown) {
  const clock = { now: 1_800_000_000_000 };
  return { clock, balancer: new ProviderBalancer({ providers, seed, now: () => clock.now, state }) };
}

type World = ReturnType<typeof create>;
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

function perform(world: World, event: Event): void {
  const { balancer, clock } = world;
  clock.now += event.ms;
  if (event.do === 'latency') balancer.recordLatency(event.name, event.figure, event.context);
  else if (event.do === 'usage') balancer.recordUsage(event.name, event.figure);
  else if (event.do === 'error') balancer.recordError(event.name, event.error, event.context);
  else select(world, event);
}

function select({ balancer }: World, event: Extract<Event, { do: 'select' }>): void {
  const { strategy, exclude, context } = event;
  const excluded = exclude.map((name) => (name === 'google' ? 'gemini' : name));
  const left = balancer.getStats().summary.available.filter((name) => !excluded.includes(name));
  const { provider } = balancer.selectProvider(strategy, { ...context, excludeProviders: exclude });
  if (left.length === 0) expect(provider).toBeNull();
  else expect(left).toContain(provider);
}

const life = fc.record({
  providers: fc.dictionary(fc.constantFrom(...NAMES), settings),
  seed: fc.integer(),
  events: fc.array(event, { maxLength: 60 }),
});

describe('a balancer, whatever is recorded', () => {
  it('selects one that is enabled, not excluded and not resting, as long as there is one', () => {
    fc.assert(
      fc.property(life, ({ providers, seed, events }) => {
        const world = create(providers, seed);
        for (const event of events) perform(world, event);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its figures within their bounds', () => {
    fc.assert(
      fc.property(life, ({ providers, seed, events }) => {
        const world = create(providers, seed);
        for (const event of events) perform(world, event);
        const { providers: stats, summary } = world.balancer.getStats();
        expect(Object.keys(stats).toSorted()).toEqual(Object.keys(providers).toSorted());
        for (const of of Object.values(stats)) {
          expect(of.errorRate).toBeGreaterThanOrEqual(0);
          expect(of.errorRate).toBeLessThanOrEqual(100);
          expect(of.effectiveWeight).toBeGreaterThanOrEqual(0);
          expect(of.effectiveWeight).toBeLessThanOrEqual(of.weight);
          expect(of.latencyAvg ?? 0).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(of.usageTokens)).toBe(true);
        }
        expect(summary.totalErrors).toBeLessThanOrEqual(summary.totalRequests);
      }),
    );
  });

  it('keeps a latency of -0 through its JSON', () => {
    const { balancer } = create({ openai: {} }, 1);
    balancer.recordLatency('openai', -0);
    const state: unknown = JSON.parse(JSON.stringify(balancer));
    expect(create({ openai: {} }, 1, state).balancer.toJSON()).toEqual(balancer.toJSON());
  });

  it('goes on from its JSON as if nothing had happened', () => {
    fc.assert(
      fc.property(life, fc.nat(60), ({ providers, seed, events }, half) => {
        const first = create(providers, seed);
        for (const event of events.slice(0, half)) perform(first, event);
        const state: unknown = JSON.parse(JSON.stringify(first.balancer));
        const second = create(providers, seed, state);
        const third = create(providers, seed, state);
        second.clock.now = third.clock.now = first.clock.now;
        expect(second.balancer.toJSON()).toEqual(first.balancer.toJSON());
        for (const event of events.slice(half)) {
          perform(second, event);
          perform(third, event);
        }
        expect(second.balancer.toJSON()).toEqual(third.balancer.toJSON());
      }),
    );
  });
});
