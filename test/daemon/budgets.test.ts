import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BudgetStatus } from '../../src/protocol/budget.ts';
import type { RunEvents } from '../../src/protocol/run.ts';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { runTask } from './support/run-task.ts';
import { type Answer, type Api, useApi } from './support/use-api.ts';
import type { DaemonHome } from './support/use-daemon-home.ts';

/** What the stand-in for OpenCode uses in each step. */
const STEP_TOKENS = 21;
const NOON = new Date(2026, 0, 28, 12).getTime();
const HOUR = 3_600_000;

const delegate = async (api: Api, more: object = {}) => {
  const task = { agent: 'explore', prompt: 'x', directory: api.projectDir, ...more };
  return ((await api.request('POST', '/v1/tasks', task)).body as TaskStarted).decision;
};
const budgetOf = async (api: Api) => (await api.request('GET', '/v1/budget')).body as BudgetStatus;
const promptsOf = (api: Api) => api.journal().filter(({ path }) => path?.endsWith('/prompt_async'));
const runOf = (api: Api, tasks: readonly object[], more: object = {}) =>
  api.request('POST', '/v1/runs', {
    directory: api.projectDir,
    tasks: tasks.map((task, index) => ({ id: `t${index}`, agent: 'explore', prompt: 'x', ...task })),
    ...more,
  });

/** As an earlier daemon has left it. */
function wrote(home: DaemonHome, at: number): void {
  const tokens = { input: 1_000, output: 0, reasoning: 0, cacheRead: 0, cacheWrite: 0 };
  const who = { requestId: 'r', agent: 'explore', provider: 'gemini', model: 'gemini-3-flash' };
  const line = {
    timestamp: new Date(at).toISOString(),
    ...who,
    failure: null,
    tokens,
    costUsd: 0.002,
  };
  mkdirSync(dirname(home.paths.outcomeLogFile), { recursive: true });
  appendFileSync(home.paths.outcomeLogFile, `${JSON.stringify({ durationMs: 1, ...line })}\n`);
}

const threeBefore = (home: DaemonHome) => {
  for (const hours of [3, 2, 1]) wrote(home, NOON - hours * HOUR);
};

async function endsOf(api: Api, { body }: Answer): Promise<readonly string[]> {
  const { runId } = body as { runId: string };
  const ends: string[] = [];
  for (let from = 0; ; ) {
    const read = await api.request('GET', `/v1/runs/${runId}/events?from=${from}&wait=5000`);
    const { events, next, done } = read.body as RunEvents;
    ends.push(...events.flatMap((event) => (event.type === 'ended' ? [event.end.outcome] : [])));
    if (done) return ends;
    from = next;
  }
}

describe('the budget of a day', () => {
  it('keeps calls on Claude once it is spent, says so in the log, and begins anew at midnight', async () => {
    let now = NOON;
    const api = await useApi({ config: { budgets: { day: 40 } }, now: () => now });
    await runTask(api);
    await runTask(api);
    const kept = await delegate(api);
    expect(kept).toMatchObject({
      route: false,
      step: 'budget',
      reason: expect.stringMatching(/^budget-day-1\d\d%$/),
    });
    expect(kept.block).toBeUndefined();
    await api.daemon.services.recorder.flush();
    expect(api.routingLog().at(-1)).toMatchObject({
      decision: 'native',
      reason: kept.reason,
      steps: { budget: { said: kept.reason, route: false } },
      inputs: { budget: { reason: kept.reason } },
    });
    const route = { agent: 'explore', directory: api.projectDir };
    expect((await api.request('POST', '/v1/route', route)).body).toMatchObject({
      trail: expect.arrayContaining([{ step: 'budget', said: kept.reason }]),
    });
    now = new Date(2026, 0, 29, 0, 1).getTime();
    expect((await delegate(api)).route).toBe(true);
  });

  it('is counted from the log of an earlier daemon, today alone', async () => {
    const api = await useApi({
      config: { budgets: { day: 1_500 } },
      now: () => NOON,
      before: (home) => {
        for (const hours of [24, 1]) wrote(home, NOON - hours * HOUR);
      },
    });
    expect((await budgetOf(api)).day).toEqual({ limit: 1_500, used: 1_000, left: 500 });
    expect((await delegate(api)).route).toBe(true);
  });

  it('has nobody answer where the user wants it so, and lets a confirmed call through', async () => {
    const api = await useApi({ config: { budgets: { day: 20, onExceeded: 'stop' } } });
    await runTask(api);
    const { block } = await delegate(api);
    expect(block).toMatchObject({ rule: null, message: expect.stringContaining('20 tokens') });
    expect((await delegate(api, { confirmed: true })).route).toBe(true);
  });
});

describe('the user', () => {
  it('is told once that a budget is nearly spent, and once that it is', async () => {
    const api = await useApi({ config: { budgets: { day: 26 } } });
    await runTask(api);
    await runTask(api);
    await runTask(api, 'x', { confirmed: true });
    expect(await api.daemon.services.takeNotices(undefined)).toEqual([
      expect.stringContaining('80 % of the budget of today (26 tokens) is used'),
      expect.stringContaining('the budget of today (26 tokens) is spent: subagents stay on Claude'),
    ]);
  });
});

describe('the budget of a session', () => {
  it('is spent by that session alone', async () => {
    const api = await useApi({ config: { budgets: { session: 20 } } });
    await runTask(api, 'x', { sessionId: 's1' });
    expect((await delegate(api, { sessionId: 's1' })).reason).toBe('budget-session-105%');
    expect((await delegate(api, { sessionId: 's2' })).route).toBe(true);
    expect((await budgetOf(api)).sessions[0]).toMatchObject({ id: 's2', used: 0 });
    expect((await budgetOf(api)).sessions).toContainEqual({ id: 's1', limit: 20, used: 21, left: 0 });
  });
});

describe('the budget of a task', () => {
  const long = { steps: 20, everyMs: 50, say: ['never said'] };

  it('ends one that has used more, with what it has used', async () => {
    const api = await useApi({ config: { budgets: { task: 50 } } });
    const ended = await runTask(api, long);
    expect(ended).toMatchObject({ type: 'failed', begun: false, failure: { code: 'over-budget' } });
    const { input } = ended.outcome.tokens;
    expect(input).toBeGreaterThanOrEqual(30);
    expect(input).toBeLessThan(200);
    expect(api.journal().some(({ path }) => path?.endsWith('/abort'))).toBe(true);
  });

  it('does not throw away what is done', async () => {
    const api = await useApi({ config: { budgets: { task: 20 } } });
    expect(await runTask(api)).toMatchObject({ type: 'finished' });
  });

  it('tells whoever called that it is not to be done again, where nobody shall', async () => {
    const api = await useApi({ config: { budgets: { task: 50, onExceeded: 'stop' } } });
    expect(await runTask(api, long)).toMatchObject({ type: 'failed', begun: true });
  });

  it('keeps an agent whose tasks take more on Claude', async () => {
    const api = await useApi({ config: { budgets: { task: 900 } }, before: threeBefore });
    expect((await delegate(api)).reason).toBe('budget-task-~111%');
    expect((await delegate(api, { agent: 'researcher' })).route).toBe(true);
    expect((await budgetOf(api)).typical).toEqual([
      { agent: 'explore', tokens: 1_000, samples: 3, overBudget: true },
    ]);
  });
});

describe('a run', () => {
  const learned = (budgets: object) => useApi({ config: { budgets }, now: () => NOON, before: threeBefore });

  it('that is expected to take more than it may is refused with the figures, and nothing starts', async () => {
    const api = await learned({ run: 2_500 });
    const { status, body } = await runOf(api, [{}, {}, {}]);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      error: { code: 'over-budget', message: expect.stringContaining('~3000 tokens') },
      exceeded: [{ scope: 'run', limit: 2_500, used: 0, expected: 3_000 }],
      forecast: {
        tasks: 3,
        tokens: 3_000,
        rows: [{ provider: 'gemini', agent: 'explore', samples: 3, costUsd: 0.006 }],
      },
    });
    expect((await api.request('GET', '/v1/runs')).body).toEqual({ runs: [] });
    expect(promptsOf(api)).toEqual([]);
  });

  it('starts where the user has said yes to it', async () => {
    const api = await learned({ run: 2_500, day: 3_000, task: 900 });
    const started = await runOf(api, [{}, {}], { confirmed: true });
    expect(started.status).toBe(200);
    expect(await endsOf(api, started)).toEqual(['done', 'done']);
    const { runId } = started.body as { runId: string };
    expect((await budgetOf(api)).runs).toEqual([
      { id: runId, limit: 2_500, used: 2 * STEP_TOKENS, left: 2_500 - 2 * STEP_TOKENS },
    ]);
  });

  it('starts nothing more once its budget is spent, where nobody could tell that beforehand', async () => {
    const api = await useApi({ config: { budgets: { run: 30 } } });
    const started = await runOf(api, [{}, {}, {}], { maxWorkers: 1, confirmed: true });
    expect(await endsOf(api, started)).toEqual(['done', 'done', 'skipped']);
  });

  it('is not refused for what nobody knows, nor for tasks that stay on Claude', async () => {
    const api = await learned({ run: 900 });
    const unknown = { agent: 'researcher' };
    const check = (tasks: readonly object[]) =>
      api.request('POST', '/v1/runs/check', {
        directory: api.projectDir,
        tasks: tasks.map((task, index) => ({ id: `t${index}`, agent: 'explore', prompt: 'x', ...task })),
      });
    expect((await check([unknown, { agent: 'planner' }])).body).toMatchObject({
      exceeded: [],
      forecast: { tasks: 2, onClaude: 1, tokens: 0, unknownTasks: 1, costUsd: null },
    });
    expect((await check([{ ...unknown, estimate: 1_000 }])).body).toMatchObject({
      exceeded: [{ scope: 'run', expected: 1_000 }],
    });
    expect(promptsOf(api)).toEqual([]);
  });
});
