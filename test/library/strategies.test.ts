import { describe, expect, it } from 'vitest';
import { ExecutionStrategy, TaskRouter } from '../../src/index.ts';

describe("the seed's ExecutionStrategy", () => {
  it('prefers a warm server whatever the length of the task', () => {
    expect(ExecutionStrategy.selectStrategy({ type: 'run', estimatedMs: 5_000 }).strategy).toBe('serve');
    expect(new ExecutionStrategy().selectStrategy({ type: 'acp' }).strategy).toBe('serve');
    expect(ExecutionStrategy.selectStrategy({ type: 'acp' }, { acpAvailable: true }).strategy).toBe('acp');
  });

  it.each([
    [{ type: 'run', estimatedMs: 29_999 }, {}, 'run'],
    [{ type: 'run', estimatedMs: 30_000 }, {}, 'serve'],
    [{ type: 'serve' }, { serverRunning: true }, 'serve'],
    [{ type: 'serve' }, { serverRunning: false }, 'run'],
    [{ type: 'acp' }, { acpAvailable: true }, 'acp'],
    [{ type: 'acp' }, { acpAvailable: false }, 'serve'],
  ] as const)('keeps the table of the seed where it is asked for: %j with %j is %s', (task, at, strategy) => {
    expect(ExecutionStrategy.selectStrategy(task, { ...at, strategy: 'spec' }).strategy).toBe(strategy);
  });
});

describe("the seed's TaskRouter", () => {
  it.each([
    ['explorer', 'explore'],
    ['executor', 'executor'],
  ])('knows the task type %s as %s', (type, agent) => {
    expect(TaskRouter.routeTask(type).agent).toBe(agent);
    expect(new TaskRouter().routeTask(type).agent).toBe(agent);
  });

  it('says who does it, and how it gets there', () => {
    expect(TaskRouter.routeTask('explorer', { mode: 'save-tokens' })).toEqual({
      target: 'opencode',
      agent: 'explore',
      strategy: 'serve',
      reason: 'token-saving-agent-explore',
    });
  });
});
