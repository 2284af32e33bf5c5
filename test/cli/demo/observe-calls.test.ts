import { describe, expect, it } from 'vitest';
import { observeCalls } from '../../../src/cli/demo/calls/observe-calls.ts';
import { AGENT, PROMPT, taskEvent, toolResult, toolUse } from './samples.ts';

describe('the calls of a session, from its events', () => {
  it('times a call from the start of its subagent to its notification', () => {
    const calls = observeCalls([
      toolUse(100, 't1'),
      taskEvent(150, 'task_started', 't1'),
      taskEvent(900, 'task_notification', 't1', { status: 'completed' }),
      toolResult(910, 't1', 'found it'),
    ]);
    expect(calls).toEqual([
      {
        toolUseId: 't1',
        agentId: 'a1',
        agent: AGENT,
        prompt: PROMPT,
        startedAt: 150,
        endedAt: 900,
        report: 'found it',
        isError: false,
      },
    ]);
  });

  it('has neither an end nor a report while the subagent works', () => {
    const [call] = observeCalls([toolUse(100, 't1'), taskEvent(150, 'task_started', 't1')]);
    expect(call).toMatchObject({ startedAt: 150, endedAt: null, report: null });
  });

  it('counts a call in the background as running until it reports', () => {
    const launched = [
      toolUse(100, 't1'),
      taskEvent(150, 'task_started', 't1'),
      toolResult(160, 't1', 'Async agent launched successfully.'),
    ];
    expect(observeCalls(launched)[0]).toMatchObject({ endedAt: null, report: null });

    const notified = taskEvent(700, 'task_notification', 't1', { status: 'completed', summary: 'done' });
    expect(observeCalls([...launched, notified])[0]).toMatchObject({ endedAt: 700, report: 'done' });
  });

  it('times a call that was refused before any subagent started', () => {
    const [call] = observeCalls([toolUse(100, 't1'), toolResult(140, 't1', 'no such agent', true)]);
    expect(call).toMatchObject({ agentId: null, startedAt: 100, endedAt: 140, isError: true });
  });

  it('keeps calls apart that run at the same time', () => {
    const calls = observeCalls([
      toolUse(100, 't1', 'one'),
      toolUse(101, 't2', 'two'),
      toolResult(300, 't2', 'second'),
      toolResult(400, 't1', 'first'),
    ]);
    expect(calls.map(({ agent, endedAt, report }) => [agent, endedAt, report])).toEqual([
      ['one', 400, 'first'],
      ['two', 300, 'second'],
    ]);
  });
});
