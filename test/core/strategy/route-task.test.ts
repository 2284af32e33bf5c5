import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENTS } from '../../../src/core/agents/catalogue.ts';
import { decideRoute } from '../../../src/core/routing/decide-route.ts';
import { routeTask } from '../../../src/core/strategy/route-task.ts';
import { input, NOW, reading } from '../routing/route-input.ts';

describe('routing a task by its type', () => {
  it.each([
    ['analyzer', 'architect'],
    ['explorer', 'explore'],
    ['executor', 'executor'],
    ['researcher-high', 'researcher'],
    ['oh-my-claudecode:architect', 'architect'],
    ['planner', 'planner'],
  ])('%s is the work of %s', (type, agent) => {
    expect(routeTask(type).agent).toBe(agent);
  });

  it('leaves everything on Claude on a quiet day', () => {
    const targets = AGENTS.map(({ name }) => routeTask(name).target);
    expect(new Set(targets)).toEqual(new Set(['claude']));
  });

  it.each([
    ['analyzer', 'opencode', 'fusion-default-architect'],
    ['explorer', 'opencode', 'fusion-default-explore'],
    ['executor', 'opencode', 'fusion-default-executor'],
    ['planner', 'claude', 'fusion-keeps-planner'],
    ['nobody', 'claude', 'unknown-agent'],
    ['', 'claude', 'unknown-agent'],
  ])('under fusion, %j goes to %s (%s)', (type, target, reason) => {
    expect(routeTask(type, { mode: 'fusionDefault' })).toMatchObject({ target, reason });
  });

  it('follows the rules, the fallback and what is left of the quota', () => {
    expect(routeTask('planner', { fallbackActive: true })).toMatchObject({ target: 'opencode' });
    const quota = { fiveHour: reading(92), weekly: null };
    expect(routeTask('planner', { usage: { quota, now: NOW } })).toMatchObject({
      reason: 'claude-limit-92%',
    });
    const rules = { routing: { preferOpencode: ['explorer'] } };
    expect(routeTask('explore', { rules })).toMatchObject({ target: 'opencode' });
    expect(routeTask('explore', { rules, connectedModels: new Set<string>() })).toMatchObject({
      target: 'claude',
      reason: 'no-model-flash',
    });
    expect(routeTask('executor', { mode: 'fusion', permissionMode: 'default' }).target).toBe('claude');
  });

  it('names the strategy, for a task that stays on Claude as well', () => {
    expect(routeTask('explorer').strategy).toBe('serve');
    expect(routeTask('explorer', { server: 'unavailable' }).strategy).toBe('run');
    expect(routeTask('explorer', { asked: 'acp', acpAvailable: true }).strategy).toBe('acp');
    expect(routeTask('explorer', { asked: 'spec', estimatedMs: 5_000 }).strategy).toBe('run');
    expect(routeTask('explorer', { asked: 'spec', estimatedMs: 50_000 }).strategy).toBe('serve');
  });

  it('never throws, and decides as everything else does', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('default', 'save-tokens', 'fusion'), (agent, mode) => {
        const { route, reason } = decideRoute(input({ agent, mode }));
        const { target, reason: said } = routeTask(agent, { mode });
        return (target === 'opencode') === route && said === reason;
      }),
    );
  });
});
