import { describe, expect, it } from 'vitest';
import { decideRoute, explainRoute } from '../../../src/core/routing/decide-route.ts';
import { restoreInput, takeSnapshot } from '../../../src/core/routing/snapshot.ts';
import { input, reading } from './route-input.ts';

const at = (percent: number) => ({ fiveHour: reading(percent), weekly: null });
const reasonFor = (given: Parameters<typeof input>[0]) => decideRoute(input(given)).reason;

describe('hulw', () => {
  it.each([
    ['architect', true, 'session-hulw-architect'],
    ['executor', true, 'session-hulw-executor'],
    ['explore', true, 'session-hulw-explore'],
    ['planner', false, 'session-hulw-keeps-planner'],
    ['general-purpose', false, 'claude-only-general-purpose'],
    ['stranger', false, 'unknown-agent'],
  ])('sends %s away: %s', (agent, route, reason) => {
    expect(decideRoute(input({ agent, session: 'hulw' }))).toMatchObject({ route, reason });
  });

  it('holds in place of the mode that is set', () => {
    expect(reasonFor({ mode: 'save-tokens', session: 'hulw' })).toBe('session-hulw-architect');
  });

  it('comes after what holds whatever is asked: switches, rules, emergencies', () => {
    const stays = { agents: { architect: { stays: true } } };
    expect(reasonFor({ session: 'hulw', enabled: false })).toBe('routing-disabled');
    expect(reasonFor({ session: 'hulw', rules: stays })).toBe('rule-prefer-claude-architect');
    expect(reasonFor({ session: 'hulw', agent: 'planner', quota: at(92) })).toBe('claude-limit-92%');
    expect(reasonFor({ session: 'hulw', agent: 'executor', permissionMode: 'default' })).toBe(
      'permission-writes-not-delegated',
    );
  });

  it('counts as fusion for a rule that asks for the mode', () => {
    const rules = { rules: [{ id: 'mine', action: 'force_claude' as const, when: { mode: 'fusion' } }] };
    expect(reasonFor({ session: 'hulw', rules: rules as never })).toBe('rule-force-claude-mine');
  });
});

describe('ulw', () => {
  it.each([
    [50, 'explore', 'session-ulw-keeps-explore'],
    [69.9, 'explore', 'session-ulw-keeps-explore'],
    [70, 'explore', 'session-ulw-70%-explore'],
    [75, 'architect', 'session-ulw-keeps-architect'],
    [89.9, 'explore', 'session-ulw-89%-explore'],
    [90, 'architect', 'claude-limit-90%'],
    [92, 'planner', 'claude-limit-92%'],
  ])('at %d %% says of %s: %s', (percent, agent, reason) => {
    expect(reasonFor({ agent, session: 'ulw', quota: at(percent) })).toBe(reason);
  });

  it('stays on Claude where nobody has read the quota, and also where the mode for all is fusion', () => {
    expect(reasonFor({ agent: 'explore', session: 'ulw', mode: 'fusion' })).toBe('session-ulw-keeps-explore');
  });

  it('switches by itself: no autoHandoff is needed', () => {
    const { route } = decideRoute(input({ agent: 'explore', session: 'ulw', quota: at(75) }));
    expect(route).toBe(true);
    expect(decideRoute(input({ agent: 'explore', quota: at(75) })).route).toBe(false);
  });

  it('sends everything away at the threshold, also where the fallback is held off by hand', () => {
    const fallback = { active: false, heldOff: true };
    expect(reasonFor({ agent: 'planner', session: 'ulw', quota: at(92), fallback })).toBe(
      'session-ulw-92%-planner',
    );
  });

  it('goes by the thresholds that are set', () => {
    const rules = { routing: { usageThreshold: 40 } } as never;
    expect(reasonFor({ agent: 'explore', session: 'ulw', quota: at(50), rules })).toBe(
      'session-ulw-50%-explore',
    );
  });
});

describe('the mode of a session', () => {
  it('is a step of its own in the explanation', () => {
    const { decision, trail } = explainRoute(input({ session: 'autopilot' }));
    expect(decision.step).toBe('session');
    expect(trail).toContainEqual({ step: 'session', said: 'session-autopilot-architect' });
  });

  it('is noted with the decision, and counts again in a replay unless another mode is supposed', () => {
    const given = input({ session: 'hulw' });
    const noted = takeSnapshot(given);
    const call = { agent: given.agent, rules: given.rules };
    expect(decideRoute(restoreInput(noted, call)).reason).toBe('session-hulw-architect');
    expect(decideRoute(restoreInput(noted, { ...call, mode: 'default' })).reason).toBe('default');
  });
});
