import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { resolveConfig } from '../../../src/core/config/resolve-config.ts';

/** Letters that differ at the same place: enough of a measure for these tests. */
const countDifferences = (a: string, b: string): number =>
  [...a].filter((letter, at) => letter !== b[at]).length + Math.abs(a.length - b.length);

const resolveOne = (value: unknown) => resolveConfig([{ source: 'user.json', value }], countDifferences);

describe('resolveConfig', () => {
  it('gives the defaults when no layer says anything', () => {
    expect(resolveConfig([])).toEqual({ config: DEFAULT_CONFIG, problems: [] });
  });

  it("accepts the seed's own example without a complaint", () => {
    const { config, problems } = resolveOne({
      fusionDefault: false,
      threshold: 90,
      autoHandoff: false,
      keywords: ['opencode', 'handoff', '전환'],
      routing: {
        enabled: true,
        usageThreshold: 70,
        maxOpencodeWorkers: 3,
        preferOpencode: ['explore', 'researcher', 'writer'],
        preferClaude: ['architect', 'executor-high', 'planner'],
        autoDelegate: true,
      },
      context: {
        includeRecentFiles: true,
        recentFilesLimit: 10,
        includeTodos: true,
        includeDecisions: true,
        maxContextLength: 50000,
      },
      opencode: { command: 'opencode', args: [], ultraworkByDefault: true, timeout: 300000 },
      notifications: { showOnThreshold: true, showOnKeyword: true, quietMode: false },
    });
    expect(problems).toEqual([]);
    expect(config.routing.preferOpencode).toEqual(['explore', 'researcher', 'writer']);
    expect(config.results).toEqual(DEFAULT_CONFIG.results);
  });

  it('lets later layers win, key by key, and replaces lists as a whole', () => {
    const { config } = resolveConfig([
      { source: 'a', value: { threshold: 80, keywords: ['one', 'two'], opencode: { timeout: 5000 } } },
      { source: 'b', value: { keywords: ['three'], opencode: { stallTimeout: 7000 } } },
    ]);
    expect(config.threshold).toBe(80);
    expect(config.keywords).toEqual(['three']);
    expect(config.opencode).toEqual({ ...DEFAULT_CONFIG.opencode, timeout: 5000, stallTimeout: 7000 });
  });

  it('merges what several layers say about the same agent', () => {
    const { config } = resolveConfig([
      { source: 'a', value: { agents: { writer: { target: 'Flash' } } } },
      {
        source: 'b',
        value: { agents: { writer: { model: 'gemini/gemini-3-pro' }, critic: { stays: false } } },
      },
    ]);
    expect(config.agents).toEqual({
      writer: { target: 'flash', model: 'google/gemini-3-pro' },
      critic: { stays: false },
    });
  });

  it('ignores a wrong value, says so, and keeps the rest of the layer', () => {
    const { config, problems } = resolveOne({ threshold: 900, locale: 'ko', routing: { enabled: 'no' } });
    expect(config).toEqual({ ...DEFAULT_CONFIG, locale: 'ko' });
    expect(problems).toMatchObject([
      {
        source: 'user.json',
        keyPath: 'threshold',
        code: 'invalid-value',
        expected: 'a number of at most 100',
        received: '900',
        message: 'user.json: threshold must be a number of at most 100, but is 900; it is ignored.',
      },
      { keyPath: 'routing.enabled', expected: 'true or false', received: '"no"' },
    ]);
  });

  it('ignores an unknown key and suggests the one that was meant', () => {
    const { config, problems } = resolveOne({ treshold: 50, routing: { enable: false } });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toMatchObject([
      { code: 'unknown-key', keyPath: 'routing.enable', suggestion: 'routing.enabled' },
      { code: 'unknown-key', keyPath: 'treshold' },
    ]);
    expect(problems[0]?.message).toBe(
      'user.json: there is no setting routing.enable (did you mean routing.enabled?); it is ignored.',
    );
  });

  it('suggests the right place for a key that stands in the wrong one', () => {
    expect(resolveOne({ stalltimeout: 5000 }).problems).toMatchObject([
      { code: 'unknown-key', keyPath: 'stalltimeout', suggestion: 'opencode.stallTimeout' },
    ]);
  });

  it('suggests the word that was meant for a value', () => {
    expect(resolveOne({ mode: 'save-tokenz' }).problems).toMatchObject([
      { code: 'invalid-value', keyPath: 'mode', suggestion: 'save-tokens' },
    ]);
  });

  it('suggests nothing for a key that resembles none', () => {
    expect(resolveOne({ zzz: 1 }).problems[0]).not.toHaveProperty('suggestion');
  });

  it('ignores a whole list for one wrong entry, and names the entry', () => {
    const { config, problems } = resolveOne({
      locale: 'ko',
      fallback: { chain: ['openai/gpt-5.2', 'no-provider'] },
    });
    expect(config.locale).toBe('ko');
    expect(config.fallback.chain).toEqual(DEFAULT_CONFIG.fallback.chain);
    expect(problems).toMatchObject([{ keyPath: 'fallback.chain[1]', received: '"no-provider"' }]);
    expect(problems[0]?.message).toContain('the whole list is ignored');
  });

  it('does not repeat a long wrong value', () => {
    const { problems } = resolveOne({ mode: 'x'.repeat(100_000) });
    expect(problems[0]?.message.length).toBeLessThan(300);
  });

  it.each([[null], [[]], ['fusion'], [7]])(
    'takes a layer that is %j as wrong and uses the defaults',
    (value) => {
      const { config, problems } = resolveOne(value);
      expect(config).toEqual(DEFAULT_CONFIG);
      expect(problems).toMatchObject([{ keyPath: '', code: 'invalid-value', expected: 'an object' }]);
    },
  );

  it('is not changed by a __proto__ key, at any depth, and reports it', () => {
    const value: unknown = JSON.parse(
      '{"__proto__":{"threshold":1},"routing":{"__proto__":{"enabled":false}},"locale":"en"}',
    );
    const { config, problems } = resolveOne(value);
    expect(config).toEqual({ ...DEFAULT_CONFIG, locale: 'en' });
    expect(problems.map(({ keyPath }) => keyPath).sort()).toEqual(['__proto__', 'routing.__proto__']);
    expect(Object.prototype).not.toHaveProperty('threshold');
  });

  it('takes agents that are called like members of every object', () => {
    const value: unknown = JSON.parse('{"agents":{"constructor":{"stays":true},"__proto__":{"stays":true}}}');
    const { config } = resolveOne(value);
    expect(Object.entries(config.agents)).toContainEqual(['constructor', { stays: true }]);
    expect(Object.getPrototypeOf(config.agents)).toBe(Object.prototype);
  });

  it('leaves an empty agent name out', () => {
    const { config, problems } = resolveOne({ agents: { '': { stays: true }, writer: { stays: true } } });
    expect(config.agents).toEqual({ writer: { stays: true } });
    expect(problems).toHaveLength(1);
  });

  it('ignores a setting that is there and undefined', () => {
    expect(resolveOne({ mode: undefined }).config.mode).toBe('default');
  });

  it('does not carry $schema into the settings', () => {
    const { config, problems } = resolveOne({ $schema: 'https://example.org/schema.json' });
    expect(problems).toEqual([]);
    expect(config).toEqual(DEFAULT_CONFIG);
  });
});

describe('providers under their other names', () => {
  it.each([
    ['gemini/gemini-3-flash', 'google/gemini-3-flash'],
    ['claude/claude-opus-4-5', 'anthropic/claude-opus-4-5'],
    ['openai/gpt-5.2', 'openai/gpt-5.2'],
    ['openrouter/claude/opus', 'openrouter/claude/opus'],
    ['constructor/x', 'constructor/x'],
  ])('reads %s as %s', (written, understood) => {
    expect(resolveOne({ targets: { oracle: [written] } }).config.targets.oracle).toEqual([understood]);
    expect(resolveOne({ fallback: { forceModel: written } }).config.fallback.forceModel).toBe(understood);
  });
});

describe('how work is shared out', () => {
  it('is in order, until something else is said', () => {
    expect(DEFAULT_CONFIG.routing).toMatchObject({
      balance: 'first',
      weights: { claude: 3, openai: 2, gemini: 2 },
    });
    expect(resolveOne({ routing: { balance: 'adaptive' } }).config.routing.balance).toBe('adaptive');
  });

  it('takes weights by any name of a provider, later layers first', () => {
    const { config, problems } = resolveConfig([
      { source: 'a', value: { routing: { weights: { Google: 5, groq: 0.5 } } } },
      { source: 'b', value: { routing: { weights: { gemini: 4, anthropic: 0 } } } },
    ]);
    expect(problems).toEqual([]);
    expect(config.routing.weights).toEqual({ claude: 0, openai: 2, gemini: 4, groq: 0.5 });
  });

  it('ignores a weight that is none, and a strategy that does not exist', () => {
    const { config, problems } = resolveOne({
      routing: { balance: 'latencyy', weights: { openai: -1, gemini: 7, groq: 'much' } },
    });
    expect(config.routing).toEqual({
      ...DEFAULT_CONFIG.routing,
      weights: { claude: 3, openai: 2, gemini: 7 },
    });
    expect(problems.map(({ keyPath }) => keyPath)).toEqual([
      'routing.balance',
      'routing.weights.openai',
      'routing.weights.groq',
    ]);
    expect(problems[0]).toMatchObject({ suggestion: 'latency' });
  });
});

describe('mode and fusionDefault', () => {
  it.each([
    [{ mode: 'fusionDefault' }, 'fusion'],
    [{ mode: 'fusion' }, 'fusion'],
    [{ fusionDefault: true }, 'fusion'],
    [{ fusionDefault: false }, 'default'],
    [{ mode: 'save-tokens', fusionDefault: false }, 'save-tokens'],
  ])('takes %j for the mode %s', (value, mode) => {
    const { config, problems } = resolveOne(value);
    expect(config.mode).toBe(mode);
    expect(config.fusionDefault).toBe(mode === 'fusion');
    expect(problems).toEqual([]);
  });

  it('lets a later fusionDefault: false end the fusion mode of an earlier layer', () => {
    const layers = [{ source: 'a', value: { mode: 'fusion' } }];
    const off = { source: 'b', value: { fusionDefault: false } };
    expect(resolveConfig([...layers, off]).config.mode).toBe('default');
  });

  it('lets a later fusionDefault: false leave save-tokens alone', () => {
    const { config } = resolveConfig([
      { source: 'a', value: { mode: 'save-tokens' } },
      { source: 'b', value: { fusionDefault: false } },
    ]);
    expect(config.mode).toBe('save-tokens');
  });

  it.each([
    [{ mode: 'save-tokens', fusionDefault: true }, 'save-tokens'],
    [{ mode: 'fusion', fusionDefault: false }, 'fusion'],
  ])('says that %j contradicts itself, and goes by mode', (value, mode) => {
    const { config, problems } = resolveOne(value);
    expect(config.mode).toBe(mode);
    expect(config.fusionDefault).toBe(mode === 'fusion');
    expect(problems).toMatchObject([{ code: 'contradiction', keyPath: 'fusionDefault' }]);
  });
});
