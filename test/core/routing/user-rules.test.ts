import { describe, expect, it } from 'vitest';
import { decideRoute, explainRoute } from '../../../src/core/routing/decide-route.ts';
import { mayRoute, needsPrompt } from '../../../src/core/routing/foresee-route.ts';
import { surveyRoute } from '../../../src/core/routing/survey-route.ts';
import type { UserRule } from '../../../src/core/rules/user-rule.ts';
import { input, reading } from './route-input.ts';

const spent = { fiveHour: reading(95), weekly: null };
const ruled = (...rules: readonly UserRule[]) => ({ rules: { rules } });

describe('a rule that prefers', () => {
  it('says who answers instead of the mode', () => {
    const rules = ruled({ id: 'quick', action: 'prefer_opencode', when: { tier: 'low' } });
    expect(decideRoute(input({ agent: 'explore', ...rules }))).toMatchObject({
      route: true,
      step: 'rule',
      reason: 'rule-prefer-opencode-quick',
    });
    const staying = ruled({ id: 'deep', action: 'prefer_claude', when: { tier: 'high' } });
    expect(decideRoute(input({ mode: 'fusion', ...staying }))).toMatchObject({
      route: false,
      reason: 'rule-prefer-claude-deep',
    });
  });

  it('is not asked in an emergency', () => {
    const rules = ruled({ id: 'deep', action: 'prefer_claude' });
    expect(decideRoute(input({ quota: spent, ...rules })).reason).toBe('claude-limit-95%');
    expect(decideRoute(input({ fallback: { active: true }, ...rules })).reason).toBe('fallback-active');
  });

  it('lets an agent go that nobody else would', () => {
    const rules = ruled({ id: 'mine', action: 'prefer_opencode', when: { agent: 'my-own-agent' } });
    expect(decideRoute(input({ agent: 'my-own-agent', ...rules })).route).toBe(true);
  });
});

describe('a rule that forces', () => {
  it('holds in an emergency too', () => {
    const rules = ruled({ id: 'secret', action: 'force_claude' });
    for (const given of [{ quota: spent }, { fallback: { active: true } }, { mode: 'fusion' as const }]) {
      expect(decideRoute(input({ ...given, ...rules }))).toMatchObject({
        route: false,
        step: 'force',
        reason: 'rule-force-claude-secret',
      });
    }
  });

  it('moves what neither a mode nor an emergency would', () => {
    const rules = ruled({ id: 'all', action: 'force_opencode' });
    expect(decideRoute(input({ agent: 'general-purpose', ...rules }))).toMatchObject({
      route: true,
      reason: 'rule-force-opencode-all',
    });
  });

  it('does not switch routing on, nor give rights', () => {
    const rules: UserRule[] = [{ id: 'all', action: 'force_opencode' }];
    expect(decideRoute(input({ rules: { rules, routing: { enabled: false } } })).reason).toBe(
      'routing-disabled',
    );
    expect(
      decideRoute(input({ agent: 'executor', permissionMode: 'default', rules: { rules } })).reason,
    ).toBe('permission-writes-not-delegated');
  });

  it('says so where none of its models is connected', () => {
    const rules = ruled({ id: 'all', action: 'force_opencode' });
    expect(decideRoute(input({ connectedModels: new Set(), ...rules })).reason).toBe('no-model-oracle');
  });
});

describe('a rule that blocks', () => {
  it('lets nobody answer, and gives its message', () => {
    const rules = ruled({
      id: 'night',
      action: 'block',
      message: 'Not at night.',
      when: { time: '22:00-6:00' },
    });
    const asked = input({ mode: 'fusion', fallback: { active: true }, ...rules });
    expect(decideRoute({ ...asked, minuteOfDay: 23 * 60 })).toEqual({
      route: false,
      reason: 'rule-block-night',
      step: 'force',
      agent: { requested: 'architect', name: 'architect', known: true },
      target: null,
      opencodeAgent: null,
      block: { rule: 'night', message: 'Not at night.' },
    });
    expect(decideRoute({ ...asked, minuteOfDay: 12 * 60 }).route).toBe(true);
  });
});

describe('the target of a rule', () => {
  it('is where the call goes, if it is routed', () => {
    const long = ruled({
      id: 'long',
      action: 'target',
      target: 'google/gemini-2.5-pro',
      when: { promptChars: '> 100000' },
    });
    const prompt = { chars: 200_000, files: [] };
    expect(decideRoute(input({ prompt, ...long }))).toMatchObject({ route: false, reason: 'default' });
    expect(decideRoute(input({ mode: 'fusion', prompt, ...long })).target).toMatchObject({
      provider: 'gemini',
      model: 'gemini-2.5-pro',
    });
    expect(decideRoute(input({ mode: 'fusion', ...long })).target?.model).toBe('gpt-5.2');
  });

  it('may be a role', () => {
    const rules = ruled({ id: 'cheap', action: 'prefer_opencode', target: 'flash' });
    expect(decideRoute(input(rules))).toMatchObject({ role: 'flash', target: { model: 'gemini-3-flash' } });
  });

  it("gives way to the role's own models where it is not connected", () => {
    const rules = ruled({ id: 'x', action: 'force_opencode', target: 'xai/grok-5' });
    const connectedModels = new Set(['openai/gpt-5.2']);
    expect(decideRoute(input({ connectedModels, ...rules })).target?.model).toBe('gpt-5.2');
  });
});

describe('the default as an action', () => {
  it('makes an exception from a rule of a lower priority', () => {
    const rules = ruled(
      { id: 'all', action: 'force_opencode' },
      { id: 'but', action: 'default', priority: 1, when: { agent: 'architect' } },
    );
    expect(decideRoute(input(rules)).reason).toBe('default');
    expect(decideRoute(input({ agent: 'explore', ...rules })).reason).toBe('rule-force-opencode-all');
  });
});

describe('a call whose prompt is not there yet', () => {
  const long: UserRule = { id: 'long', action: 'prefer_claude', when: { promptChars: '> 100' } };
  const files: UserRule = { id: 'sql', action: 'prefer_opencode', when: { files: '*.sql' } };

  it('has to wait for it where a rule asks for it', () => {
    expect(needsPrompt(input(ruled(long)))).toBe(true);
    expect(needsPrompt(input(ruled(files)))).toBe(true);
    expect(needsPrompt(input({ ...ruled(long), prompt: { chars: 5, files: [] } }))).toBe(false);
    expect(needsPrompt(input({}))).toBe(false);
  });

  it('need not wait where a rule before that one has spoken', () => {
    const first: UserRule = { id: 'first', action: 'default', priority: 1 };
    expect(needsPrompt(input(ruled(long, first)))).toBe(false);
  });

  it('may be routed where that rule might', () => {
    expect(mayRoute(input(ruled(files)))).toBe(true);
    expect(mayRoute(input({}))).toBe(false);
    expect(mayRoute(input({ enabled: false, ...ruled(files) }))).toBe(false);
  });
});

describe('surveyRoute', () => {
  it('tells what the steps after the one that decided would have said', () => {
    const rules = ruled({ id: 'deep', action: 'prefer_claude' });
    const { decision, steps } = surveyRoute(input({ mode: 'fusion', quota: spent, ...rules }));
    expect(decision.reason).toBe('claude-limit-95%');
    expect(steps.filter(({ said }) => said !== null)).toEqual([
      { step: 'limit', said: 'claude-limit-95%', route: true },
      { step: 'rule', said: 'rule-prefer-claude-deep', route: false },
      { step: 'mode', said: 'fusion-default-architect', route: true },
      { step: 'default', said: 'default', route: false },
      { step: 'target', said: 'openai/gpt-5.2', route: null },
    ]);
  });

  it('tells of a call that stays where it would have gone', () => {
    const { steps } = surveyRoute(input({ agent: 'executor', permissionMode: 'default' }));
    expect(steps.slice(-3, -1)).toEqual([
      { step: 'target', said: 'openai/gpt-5.2-codex', route: null },
      { step: 'permission', said: 'permission-writes-not-delegated', route: false },
    ]);
  });

  it('agrees with the trail of the decision', () => {
    const asked = input({ mode: 'fusion' });
    const said = new Map(surveyRoute(asked).steps.map((step) => [step.step, step.said]));
    for (const { step, said: once } of explainRoute(asked).trail) expect(said.get(step)).toBe(once);
  });
});
