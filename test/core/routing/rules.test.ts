import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { parseMode } from '../../../src/core/routing/mode.ts';
import { completeRules, DEFAULT_RULES, type RoutingRules } from '../../../src/core/routing/rules.ts';

describe('the rules', () => {
  it('are part of the configuration, with the same defaults', () => {
    const config: RoutingRules = DEFAULT_CONFIG;
    expect(config).toMatchObject(DEFAULT_RULES);
  });

  it('are the defaults where nothing is given', () => {
    expect(completeRules({})).toEqual(DEFAULT_RULES);
    expect(completeRules({ threshold: undefined, routing: { enabled: undefined } })).toEqual(DEFAULT_RULES);
  });

  it('keep the defaults beside what is given', () => {
    const rules = completeRules({ threshold: 80, routing: { preferClaude: ['writer'] } });
    expect(rules.threshold).toBe(80);
    expect(rules.routing).toEqual({ ...DEFAULT_RULES.routing, preferClaude: ['writer'] });
  });
});

describe('parseMode', () => {
  it("reads our names and the seed's", () => {
    const names = ['default', 'save-tokens', 'saveTokens', 'fusion', 'fusionDefault', 'fusion-default'];
    expect(names.map(parseMode)).toEqual([
      'default',
      'save-tokens',
      'save-tokens',
      'fusion',
      'fusion',
      'fusion',
    ]);
  });

  it.each([undefined, null, 1, '', 'Fusion!', '__proto__'])('does not know %j', (mode) => {
    expect(parseMode(mode)).toBeNull();
  });
});
