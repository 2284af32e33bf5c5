import { describe, expect, it } from 'vitest';
import { ProviderBalancer, type BalancingStrategy as Strategy } from '../../../src/index.ts';

const START = 1_800_000_000_000;
const MINUTE = 60_000;

/** The seed's three, at a clock and with draws of the test's choosing. */
function create(options: ConstructorParameters<typeof ProviderBalancer>[0] = {}) {
  const clock = { now: START };
  const balancer = new ProviderBalancer({ now: () => clock.now, random: () => 0, ...options });
  const pick = (strategy?: Strategy, ...excludeProviders: readonly string[]) =>
    balancer.selectProvider(strategy, { excludeProviders }).provider;
  const picks = (times: number, strategy?: Strategy) => Array.from({ length: times }, () => pick(strategy));
  const pass = (ms: number) => {
    clock.now += ms;
  };
  return { balancer, pick, picks, pass };
}

describe("the seed's example", () => {
  it('runs as it is written', () => {
    const balancer = new ProviderBalancer({
      providers: {
        claude: { weight: 3, priority: 1, enabled: true },
        openai: { weight: 2, priority: 2, enabled: true },
        gemini: { weight: 2, priority: 2, enabled: true },
      },
      defaultStrategy: 'weighted',
    });
    const result = balancer.selectProvider('latency', {
      taskType: 'analysis',
      agentType: 'architect',
      excludeProviders: ['claude'],
    });
    expect(result).toEqual({ provider: 'openai', reason: expect.stringMatching(/^Latency-based/) });

    balancer.recordLatency('openai', 245);
    balancer.recordUsage('gemini', 1500);
    balancer.recordError('gemini');

    const stats = balancer.getStats();
    expect(stats.providers.openai).toMatchObject({ latencyAvg: 245, requestCount: 1, errorRate: 0 });
    expect(stats.providers.gemini).toMatchObject({ usageTokens: 1500, errorCount: 1, errorRate: 100 });
    expect(stats.summary).toMatchObject({ totalRequests: 2, totalErrors: 1, totalTokens: 1500 });
  });

  it('averages latencies with 30 percent of the newest: 150 and 200 make 165', () => {
    const { balancer } = create();
    balancer.recordLatency('openai', 150);
    balancer.recordLatency('openai', 200);
    expect(balancer.getStats().providers.openai?.latencyAvg).toBeCloseTo(165, 10);
  });

  it('counts an error rate in percent: 1 of 40 is 2.5', () => {
    const { balancer } = create();
    for (let answer = 0; answer < 39; answer += 1) balancer.recordLatency('gemini', 100);
    balancer.recordError('gemini');
    expect(balancer.getStats().providers.gemini?.errorRate).toBe(2.5);
  });
});

describe('by weight (decision 1)', () => {
  const weights = { claude: { weight: 3 }, openai: { weight: 2 }, gemini: { weight: 1 } };

  it.each([
    [0, 'claude'],
    [0.5, 'claude'],
    [0.5001, 'openai'],
    [5 / 6, 'openai'],
    [0.8334, 'gemini'],
    [0.9999999, 'gemini'],
  ])('a draw of %d goes to %s', (draw, provider) => {
    expect(create({ providers: weights, random: () => draw }).pick('weighted')).toBe(provider);
  });

  it('claude has 3, openai and gemini 2, and anything else 1, unless it is said', () => {
    const { balancer } = create({ providers: { claude: {}, openai: {}, gemini: {}, groq: {} } });
    const { providers } = balancer.getStats();
    expect(Object.values(providers).map(({ weight }) => weight)).toEqual([3, 2, 2, 1]);
  });

  it('never draws a weight of 0 while another one is left', () => {
    const { pick } = create({ providers: { openai: { weight: 0 }, gemini: {} } });
    expect(pick('weighted')).toBe('gemini');
    expect(pick('weighted', 'gemini')).toBe('openai');
  });

  it('never draws a weight of 0 where others have one', () => {
    const providers = { openai: { weight: 0 }, gemini: {}, groq: {} };
    for (const draw of [0, 0.5, 0.999]) {
      expect(create({ providers, random: () => draw }).pick('weighted')).not.toBe('openai');
    }
    const zeros = { openai: { weight: 0 }, gemini: { weight: 0 } };
    expect(create({ providers: zeros, random: () => 0.9 }).pick('weighted')).toBe('openai');
  });
});

describe('in turns (decisions 2 and 3)', () => {
  it('are the default', () => {
    const { balancer, picks } = create();
    expect(picks(4)).toEqual(['claude', 'openai', 'gemini', 'claude']);
    expect(balancer.getStats().summary.defaultStrategy).toBe('round-robin');
    expect(balancer.selectProvider().reason).toMatch(/^Round-robin/);
  });

  it('give way to an explicit default', () => {
    const { balancer, pick } = create({ defaultStrategy: 'weighted', random: () => 0.9 });
    expect(pick()).toBe('gemini');
    expect(balancer.selectProvider().reason).toMatch(/^Weighted/);
  });

  it('begin with the first, also where the first pick excludes others', () => {
    expect(create().pick('round-robin', 'openai')).toBe('claude');
    expect(create().pick('round-robin', 'claude')).toBe('openai');
  });

  it('keep their order when one is left out for a while', () => {
    const { pick } = create();
    expect(pick('round-robin')).toBe('claude');
    expect(pick('round-robin', 'openai')).toBe('gemini');
    expect(pick('round-robin', 'openai')).toBe('claude');
    expect(pick('round-robin')).toBe('openai');
    expect(pick('round-robin')).toBe('gemini');
  });

  it('go by priority before the order of naming', () => {
    const providers = { gemini: { priority: 2 }, groq: {}, openai: { priority: 1 }, xai: { priority: 2 } };
    expect(create({ providers }).picks(4)).toEqual(['openai', 'gemini', 'xai', 'groq']);
  });
});

describe('by latency (decision 4)', () => {
  const measured = () => {
    const created = create();
    created.balancer.recordLatency('claude', 300);
    created.balancer.recordLatency('openai', 200);
    created.balancer.recordLatency('gemini', 100);
    return created;
  };

  it('tries first what nobody has measured, each in its order', () => {
    const { balancer, pick } = create();
    balancer.recordLatency('claude', 1);
    expect(pick('latency')).toBe('openai');
    expect(pick('latency')).toBe('gemini');
    balancer.recordLatency('openai', 2);
    balancer.recordLatency('gemini', 3);
    expect(pick('latency')).toBe('claude');
  });

  it('tries one that never answers three times, and once more after ten minutes', () => {
    const { balancer, picks, pass } = create({ providers: { openai: {}, gemini: {} } });
    balancer.recordLatency('openai', 5_000);
    expect(picks(5, 'latency')).toEqual(['gemini', 'gemini', 'gemini', 'openai', 'openai']);
    pass(10 * MINUTE);
    expect(picks(2, 'latency')).toEqual(['gemini', 'openai']);
  });

  it('goes on in turns where none has ever answered', () => {
    const { pick, pass } = create({ providers: { openai: {}, gemini: {}, groq: {} } });
    const picked = Array.from({ length: 15 }, () => {
      pass(1_000);
      return pick('latency');
    });
    const turns = ['openai', 'gemini', 'groq'];
    expect(picked).toEqual([...turns, ...turns, ...turns, ...turns, ...turns]);
  });

  it('takes the fastest, never an excluded one', () => {
    const { pick } = measured();
    expect(pick('latency')).toBe('gemini');
    expect(pick('latency', 'gemini')).toBe('openai');
    expect(pick('latency', 'gemini', 'openai')).toBe('claude');
  });

  it('gives the slow one another chance when its figure has become old', () => {
    const { balancer, pick, pass } = measured();
    pass(5 * MINUTE);
    balancer.recordLatency('gemini', 100);
    expect(pick('latency', 'claude')).toBe('gemini');
    pass(10 * MINUTE);
    balancer.recordLatency('gemini', 100);
    expect(pick('latency', 'claude')).toBe('openai');
  });

  it('counts a fast one slower while it fails', () => {
    const { balancer, pick, pass } = measured();
    balancer.recordError('gemini');
    balancer.recordError('gemini');
    expect(pick('latency')).toBe('openai');
    pass(10 * MINUTE);
    expect(pick('latency')).toBe('gemini');
  });
});

describe('by usage', () => {
  it('takes the one with the fewest tokens', () => {
    const { balancer, pick } = create();
    balancer.recordUsage('claude', 3_000);
    balancer.recordUsage('openai', 2_000);
    balancer.recordUsage('gemini', 1_000);
    expect(pick('usage')).toBe('gemini');
    expect(pick('usage', 'gemini')).toBe('openai');
  });

  it('shares out tasks that begin before any of them has ended', () => {
    const { balancer, picks } = create();
    expect(picks(6, 'usage').toSorted()).toEqual([
      'claude',
      'claude',
      'gemini',
      'gemini',
      'openai',
      'openai',
    ]);
    for (const name of ['claude', 'openai', 'gemini']) balancer.recordUsage(name, 1_000);
    expect(new Set(picks(3, 'usage'))).toEqual(new Set(['claude', 'openai', 'gemini']));
  });

  it('counts what a task really spent in place of what it was expected to', () => {
    const { balancer, pick } = create({ providers: { openai: {}, gemini: {} } });
    balancer.recordUsage('openai', 100);
    balancer.recordUsage('gemini', 150);
    expect(pick('usage')).toBe('openai');
    balancer.recordUsage('openai', 10);
    expect(pick('usage')).toBe('openai');
  });

  it('forgets what was spent hours ago', () => {
    const { balancer, pick, pass } = create({ providers: { openai: {}, gemini: {} } });
    balancer.recordUsage('openai', 8_000);
    pass(4 * 60 * MINUTE);
    balancer.recordUsage('gemini', 1_000);
    expect(pick('usage')).toBe('openai');
    expect(balancer.getStats().providers.openai?.usageTokens).toBe(8_000);
  });

  it('leaves alone one that spends nothing because it only fails', () => {
    const { balancer, pick } = create({ providers: { openai: {}, gemini: {} } });
    balancer.recordUsage('gemini', 5_000);
    balancer.recordError('openai');
    balancer.recordError('openai');
    expect(pick('usage')).toBe('gemini');
  });
});

describe('errors', () => {
  it('lower the weight, and time restores it', () => {
    const { balancer, pass } = create();
    const weight = () => balancer.getStats().providers.openai?.effectiveWeight ?? 0;
    expect(weight()).toBe(2);
    balancer.recordError('openai');
    expect(weight()).toBeCloseTo(1.4, 10);
    balancer.recordError('openai');
    expect(weight()).toBeCloseTo(0.98, 10);
    pass(5 * MINUTE);
    expect(weight()).toBeCloseTo(1.49, 10);
    pass(5 * MINUTE);
    expect(weight()).toBe(2);
  });

  it('make a provider rest at the third in a row, whatever the strategy', () => {
    const { balancer, pick, pass } = create({ providers: { openai: {}, gemini: {} } });
    for (let error = 0; error < 3; error += 1) balancer.recordError('openai');
    for (const strategy of ['first', 'round-robin', 'weighted', 'latency', 'usage', 'adaptive'] as const) {
      expect(pick(strategy)).toBe('gemini');
    }
    expect(balancer.getStats().providers.openai?.restsUntil).toBe(START + 30_000);
    expect(balancer.getStats().summary.available).toEqual(['gemini']);
    pass(30_000);
    expect([pick('first'), pick('first')]).toEqual(['openai', 'gemini']);
    balancer.recordLatency('openai', 100);
    expect(pick('first')).toBe('openai');
  });

  it('with a code and a time make it rest at once, for as long as was asked', () => {
    const { balancer, pick } = create({ providers: { openai: {}, gemini: {} } });
    balancer.recordError('openai', { code: 'provider-rate-limited', retryAfterMs: 5 * MINUTE });
    expect(pick('first')).toBe('gemini');
    balancer.recordError('gemini', { code: 'provider-quota-exhausted' });
    expect(balancer.selectProvider('first')).toEqual({
      provider: null,
      reason: expect.stringMatching(/^No provider is left/),
      retryAt: START + 5 * MINUTE,
    });
  });
});

describe('whoever is left', () => {
  const strategies = ['first', 'round-robin', 'weighted', 'latency', 'usage', 'adaptive'] as const;

  it.each(strategies)('alone is chosen by %s, and it says so', (strategy) => {
    const { balancer } = create();
    const context = { excludeProviders: ['claude', 'gemini'] };
    const { provider, reason } = balancer.selectProvider(strategy, context);
    expect(provider).toBe('openai');
    if (strategy !== 'round-robin') expect(reason).toMatch(/no other provider is left$/);
    expect(create({ providers: { groq: {} } }).pick(strategy)).toBe('groq');
  });

  it.each(strategies)('is nobody: %s says so', (strategy) => {
    const { balancer } = create();
    const all = ['claude', 'openai', 'gemini'];
    expect(balancer.selectProvider(strategy, { excludeProviders: all })).toMatchObject({
      provider: null,
      retryAt: null,
    });
    expect(create({ providers: {} }).pick(strategy)).toBeNull();
    expect(create({ providers: { groq: { enabled: false } } }).pick(strategy)).toBeNull();
  });

  it.each(strategies)('is never one that is disabled: %s', (strategy) => {
    const { picks } = create({ providers: { claude: { enabled: false }, openai: {}, gemini: {} } });
    expect(picks(20, strategy)).not.toContain('claude');
  });
});

describe('names (decision 16)', () => {
  it('are read in their other spellings, and written in one', () => {
    const { balancer, pick } = create({ providers: { anthropic: {}, openai: {}, Google: {} } });
    expect(Object.keys(balancer.getStats().providers)).toEqual(['claude', 'openai', 'gemini']);
    balancer.recordUsage('google', 7);
    expect(balancer.getStats().providers.gemini?.usageTokens).toBe(7);
    expect(pick('first', 'Anthropic')).toBe('openai');
  });

  it('of further providers are left as they are', () => {
    const { balancer, pick } = create({ providers: { 'github-copilot': {}, constructor: {} } });
    expect([pick(), pick()]).toEqual(['github-copilot', 'constructor']);
    balancer.recordError('constructor', { code: 'provider-unavailable' });
    expect([pick(), pick()]).toEqual(['github-copilot', 'github-copilot']);
  });
});

describe('adaptive', () => {
  it('learns for each role by itself what takes the shortest, with errors and cost', () => {
    const { balancer, pick } = create({ providers: { openai: {}, gemini: {} }, random: () => 0.5 });
    const [fast, thorough] = [{ agentType: 'explore' }, { agentType: 'architect' }];
    for (let task = 0; task < 10; task += 1) {
      balancer.recordLatency('openai', 8_000, fast);
      balancer.recordLatency('gemini', 2_000, fast);
      balancer.recordLatency('openai', 9_000, { ...thorough, costUsd: 0.01 });
      balancer.recordLatency('gemini', 9_000, { ...thorough, costUsd: 0.2 });
    }
    expect(balancer.selectProvider('adaptive', fast)).toEqual({
      provider: 'gemini',
      reason: expect.stringMatching(/^Adaptive/),
    });
    expect(balancer.selectProvider('adaptive', thorough).provider).toBe('openai');
    expect(pick('adaptive')).toBe('openai');
    const [openai, gemini] = balancer.explain(thorough);
    expect(openai?.learned.successShare).toBe(1);
    // 9 seconds, and a cent at a minute for a dollar, drawn a little towards what is usual here.
    expect(openai?.learned.priceMs).toBeGreaterThan(9_600);
    expect(openai?.learned.priceMs).toBeLessThan(10_200);
    expect(gemini?.learned.costUsd).toBeCloseTo(0.2, 10);
    expect(gemini?.learned.priceMs).toBeGreaterThan(openai?.learned.priceMs ?? 0);
  });

  it('does not begin to learn for a role by explaining it', () => {
    const { balancer } = create();
    const before = JSON.stringify(balancer);
    expect(balancer.explain({ agentType: 'explore' })).toHaveLength(3);
    expect(JSON.stringify(balancer)).toBe(before);
  });

  it('shares what is learned once there are too many roles', () => {
    const { balancer } = create();
    for (let role = 0; role < 500; role += 1)
      balancer.recordLatency('openai', 10, { taskType: `task ${role}` });
    expect(balancer.toJSON().balancing.groups).toHaveLength(100);
    expect(balancer.explain({ taskType: 'task 499' })[1]?.learned.outcomes).toBeGreaterThan(1);
  });
});

describe('a balancer', () => {
  it('goes on where another one left off', () => {
    const earlier = create();
    earlier.picks(2);
    earlier.balancer.recordLatency('gemini', 100, { agentType: 'explore' });
    earlier.balancer.recordError('openai', { code: 'provider-rate-limited' });
    const state: unknown = JSON.parse(JSON.stringify(earlier.balancer));
    const { balancer, pick } = create({ state });
    expect(balancer.getStats()).toEqual(earlier.balancer.getStats());
    expect(balancer.toJSON()).toEqual(earlier.balancer.toJSON());
    expect(pick()).toBe('gemini');
  });

  it.each([null, 7, 'x', [], {}, { balancing: 1, circuits: [] }])(
    'begins anew with a state of %j',
    (state) => {
      expect(create({ state }).picks(2)).toEqual(['claude', 'openai']);
    },
  );

  it('counts records that it cannot use, and is none the worse for them', () => {
    const { balancer, pick } = create();
    balancer.recordLatency('nobody', 5);
    balancer.recordError('nobody');
    for (const senseless of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      balancer.recordLatency('openai', senseless);
      balancer.recordUsage('openai', senseless);
    }
    const { summary, providers } = balancer.getStats();
    expect(summary).toMatchObject({ ignoredRecords: 8, totalRequests: 0, totalTokens: 0 });
    expect(providers.openai?.latencyAvg).toBeNull();
    expect(pick('latency')).toBe('claude');
  });

  it('draws the same again with the same seed', () => {
    const picks = (seed: string) => create({ seed, random: undefined }).picks(50, 'weighted');
    expect(picks('a')).toEqual(picks('a'));
    expect(picks('a')).not.toEqual(picks('b'));
  });

  it('refuses to be made of nonsense', () => {
    expect(() => create({ providers: { openai: { weight: -1 } } })).toThrow('the weight of openai');
    expect(() => create({ providers: { google: {}, gemini: {} } })).toThrow('gemini is named twice');
    expect(() => create({ defaultStrategy: 'best' as Strategy })).toThrow('there is no strategy best');
    expect(() => create().pick('toString' as Strategy)).toThrow('there are first, round-robin, ');
  });

  it('works with the clock and the chance of the machine', () => {
    const balancer = new ProviderBalancer();
    expect(balancer.selectProvider('weighted').provider).toMatch(/^(claude|openai|gemini)$/);
    balancer.recordError('openai', { code: 'provider-refused-key' });
    expect(balancer.getStats().providers.openai?.restsUntil).toBeGreaterThan(Date.now());
  });
});
