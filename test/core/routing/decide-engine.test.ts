import { describe, expect, it } from 'vitest';
import {
  type Consent,
  type DirectReach,
  decideEngine,
  missingConsent,
} from '../../../src/core/routing/decide-engine.ts';
import { decideRoute, type RouteInput } from '../../../src/core/routing/decide-route.ts';
import type { EngineWish, Target } from '../../../src/core/routing/decision.ts';
import { parseTarget } from '../../../src/core/routing/list-targets.ts';
import { completeRules } from '../../../src/core/routing/rules.ts';

const target = (name: string) => parseTarget(name) as Target;
const GPT = target('openai/gpt-5.2');
const FLASH = target('google/gemini-3-flash');
const BOTH = ['openai/gpt-5.2', 'google/gemini-3-flash'];

function reach(
  consents: Readonly<Record<string, Consent>> = {},
  more: Partial<DirectReach> = {},
): DirectReach {
  return {
    seesRequests: true,
    models: new Set(BOTH),
    consents: new Map(Object.entries(consents)),
    cheaper: false,
    trial: false,
    ...more,
  };
}

type Case = {
  readonly wish?: EngineWish;
  readonly writes?: boolean;
  readonly reach?: DirectReach | undefined;
  readonly mayOpencode?: boolean;
};

const choose = (given: Case) => {
  const question = { wish: 'auto' as const, writes: true, mayOpencode: true, reach: reach(), ...given };
  const { engine, why, targets } = decideEngine({ ...question, targets: [GPT, FLASH] });
  return [engine, why, targets[0].opencodeProvider];
};

describe('the engine of a call', () => {
  it.each<readonly [string, Case, readonly [string, string, string]]>([
    [
      'as configured',
      { wish: 'opencode', reach: reach({ '*': 'yes' }) },
      ['opencode', 'configured', 'openai'],
    ],
    ['where no mod asks', { wish: 'native-tools', reach: undefined }, ['opencode', 'no-mod', 'openai']],
    [
      'where Claude Code shows no requests',
      { wish: 'native-tools', reach: reach({}, { seesRequests: false }) },
      ['opencode', 'requests-unseen', 'openai'],
    ],
    ['for who chose it himself', { wish: 'native-tools' }, ['native-tools', 'configured', 'openai']],
    [
      'for who chose it, past a vendor without a key',
      { wish: 'native-tools', reach: reach({}, { models: new Set(['google/gemini-3-flash']) }) },
      ['native-tools', 'configured', 'google'],
    ],
    [
      'for who chose it, but has refused this project',
      { wish: 'native-tools', reach: reach({ '*': 'never' }) },
      ['opencode', 'refused-openai', 'openai'],
    ],
    ['for a writer with consent', { reach: reach({ openai: 'yes' }) }, ['native-tools', 'writes', 'openai']],
    ['for a writer without', {}, ['opencode', 'no-consent-openai', 'openai']],
    [
      'for a writer whose vendor is refused, though others are not',
      { reach: reach({ '*': 'yes', openai: 'never' }) },
      ['opencode', 'refused-openai', 'openai'],
    ],
    [
      'for a writer that could not write otherwise, at a later target',
      { mayOpencode: false, reach: reach({ google: 'yes' }) },
      ['native-tools', 'writes', 'google'],
    ],
    [
      'for a writer without a key',
      { reach: reach({ '*': 'yes' }, { models: new Set() }) },
      ['opencode', 'no-key-openai', 'openai'],
    ],
    [
      'before OpenCode was asked',
      { reach: reach({ openai: 'yes' }, { models: null }) },
      ['native-tools', 'writes', 'openai'],
    ],
    ['for a reader', { writes: false, reach: reach({ '*': 'yes' }) }, ['opencode', 'reads', 'openai']],
    [
      'for a reader that was measured to cost less',
      { writes: false, reach: reach({ '*': 'yes' }, { cheaper: true }) },
      ['native-tools', 'cheaper', 'openai'],
    ],
    [
      'for a reader whose cost is to be measured',
      { writes: false, reach: reach({ '*': 'yes' }, { trial: true }) },
      ['native-tools', 'trial', 'openai'],
    ],
    [
      'for such a reader without consent: nobody is asked for it for that',
      { writes: false, reach: reach({}, { trial: true }) },
      ['opencode', 'reads', 'openai'],
    ],
  ])('%s', (_, given, expected) => {
    expect(choose(given)).toEqual(expected);
  });

  it('names the vendor that has to be agreed to', () => {
    expect(missingConsent('no-consent-openai')).toBe('openai');
    expect([missingConsent('no-key-openai'), missingConsent(undefined)]).toEqual([null, null]);
  });
});

describe('a call of an agent that writes, in a session that asks for each edit', () => {
  const input = (more: Partial<RouteInput> & { engine?: EngineWish }): RouteInput => ({
    agent: 'writer',
    rules: completeRules(more.engine === undefined ? {} : { engine: more.engine }),
    mode: 'fusion',
    fallback: { active: false },
    quota: { fiveHour: null, weekly: null },
    now: 0,
    permissionMode: 'default',
    connectedModels: new Set(BOTH),
    ...more,
  });

  it('leaves Claude with its own tools, once its user has agreed', () => {
    expect(decideRoute(input({ reach: reach({ google: 'yes' }) }))).toMatchObject({
      route: true,
      engine: 'native-tools',
      engineWhy: 'writes',
    });
  });

  it('stays on Claude until then, and says for what', () => {
    expect(decideRoute(input({ reach: reach() }))).toMatchObject({
      route: false,
      step: 'permission',
      engineWhy: 'no-consent-google',
    });
  });

  it.each([
    ['an agent', { agents: { writer: { engine: 'opencode' } } }],
    [
      'a rule',
      { rules: [{ id: 'r', action: 'prefer_opencode', engine: 'opencode', when: { agent: 'writer' } }] },
    ],
  ] as const)('goes by the engine that %s names', (_, rules) => {
    const asked = input({ reach: reach({ '*': 'yes' }), rules: completeRules(rules) });
    expect(decideRoute(asked)).toMatchObject({ route: false, engineWhy: 'configured' });
  });
});
