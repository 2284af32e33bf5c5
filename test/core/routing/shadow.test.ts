import { describe, expect, it } from 'vitest';
import { decideRoute, explainRoute } from '../../../src/core/routing/decide-route.ts';
import { createDecisionCache } from '../../../src/core/routing/decision-cache.ts';
import { mayRoute } from '../../../src/core/routing/foresee-route.ts';
import { input, reading } from './route-input.ts';

const QUIET = { agent: 'explore', mode: 'shadow' } as const;

describe('shadow mode', () => {
  it('keeps what fusion would route, and says where it would have gone', () => {
    const routed = decideRoute(input({ ...QUIET, mode: 'fusion' }));
    expect(routed.route).toBe(true);
    expect(decideRoute(input(QUIET))).toMatchObject({
      route: false,
      reason: 'shadow-fusion-default-explore',
      step: 'shadow',
      target: null,
      shadow: { reason: routed.reason, step: 'mode', role: 'flash', target: routed.target },
    });
    expect(explainRoute(input(QUIET)).trail.at(-1)).toEqual({
      step: 'shadow',
      said: 'shadow-fusion-default-explore',
    });
  });

  it('routes nothing in an emergency either, nor where a rule forces it', () => {
    const spent = { fiveHour: reading(95), weekly: null };
    const rules = { rules: [{ id: 'go', action: 'force_opencode' as const }] };
    for (const given of [{ quota: spent }, { fallback: { active: true } }, { rules }]) {
      expect(decideRoute(input({ ...QUIET, ...given }))).toMatchObject({ route: false, step: 'shadow' });
      expect(mayRoute(input({ ...QUIET, ...given }))).toBe(false);
    }
  });

  it('leaves what stays on Claude anyway as it is', () => {
    const stays = decideRoute(input({ agent: 'planner', mode: 'fusion' }));
    expect(decideRoute(input({ agent: 'planner', mode: 'shadow' }))).toEqual(stays);
  });

  it('lets a rule forbid a call all the same', () => {
    const rules = { rules: [{ id: 'no', action: 'block' as const, message: 'not here' }] };
    expect(decideRoute(input({ ...QUIET, rules }))).toMatchObject({ block: { rule: 'no' } });
  });

  it('asks rules about the mode as if it were fusion', () => {
    const rules = { rules: [{ id: 'no', action: 'force_claude' as const, when: { mode: 'fusion' } }] };
    expect(decideRoute(input({ ...QUIET, rules })).reason).toBe('rule-force-claude-no');
  });

  it('is told apart from fusion by the cache', () => {
    const cache = createDecisionCache();
    const rules = input({}).rules;
    const ask = (mode: 'shadow' | 'fusion') =>
      cache.explain({ ...input({ agent: 'explore', mode }), rules }).decision.route;
    expect([ask('fusion'), ask('shadow'), ask('fusion')]).toEqual([true, false, true]);
  });
});
