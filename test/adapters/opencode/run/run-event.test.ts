import { describe, expect, it } from 'vitest';
import {
  NOTHING_READ,
  parseRunEvent,
  type RunState,
  readRunEvent,
} from '../../../../src/adapters/opencode/run/run-event.ts';
import type { EngineEvent } from '../../../../src/core/delegation/engine.ts';
import { sumSpent } from '../../../../src/core/opencode/spent.ts';

const sessionID = 'ses_1';
const text = (id: string, said: string) => ({ type: 'text', sessionID, part: { id, text: said } });
const finish = (id: string, reason: string, input: number, output: number) => ({
  type: 'step_finish',
  sessionID,
  part: { id, reason, cost: 0.5, tokens: { input, output, reasoning: 1, cache: { read: 2, write: 3 } } },
});
const tool = (name: string, state: object) => ({ type: 'tool_use', sessionID, part: { tool: name, state } });

function read(...events: readonly object[]): { state: RunState; out: readonly EngineEvent[] } {
  let state = NOTHING_READ;
  const out: EngineEvent[] = [];
  for (const event of events) {
    const parsed = parseRunEvent(JSON.stringify(event));
    if (parsed === null) throw new Error(`not read: ${JSON.stringify(event)}`);
    const reading = readRunEvent(state, parsed);
    state = reading.state;
    out.push(...reading.out);
  }
  return { state, out };
}

describe('the events of a cold run', () => {
  it('are steps with text and tools, and what they have used', () => {
    const { state, out } = read(
      { type: 'step_start', sessionID },
      text('prt_1', 'Let me look.'),
      tool('write', { status: 'completed', title: 'a.txt', input: { filePath: '/p/a.txt' }, metadata: {} }),
      tool('bash', { status: 'error', error: 'no shell' }),
      finish('prt_2', 'tool-calls', 10, 4),
      text('prt_3', 'Done.'),
      finish('prt_4', 'stop', 20, 2),
    );
    expect(out).toEqual([
      { type: 'text', step: 0, delta: 'Let me look.' },
      { type: 'tool', tool: 'write', title: 'a.txt', status: 'completed' },
      { type: 'tool', tool: 'bash', title: 'no shell', status: 'error' },
      { type: 'spent', tokens: expect.objectContaining({ input: 10, output: 4 }), isLast: false },
      { type: 'step-ended', step: 0, finish: 'tool-calls' },
      { type: 'text', step: 1, delta: 'Done.' },
      { type: 'spent', tokens: expect.objectContaining({ input: 20, output: 2 }), isLast: true },
      { type: 'step-ended', step: 1, finish: 'stop' },
    ]);
    expect(state).toMatchObject({ session: sessionID, lastFinish: 'stop', failure: null });
    expect([...state.files]).toEqual(['/p/a.txt']);
    expect(sumSpent(state.spent.values())).toEqual({
      costUsd: 1,
      tokens: { input: 30, output: 6, reasoning: 2, cacheRead: 4, cacheWrite: 6 },
    });
  });

  it('count once what is told twice', () => {
    const { state, out } = read(
      text('prt_1', 'once'),
      text('prt_1', 'once'),
      finish('prt_2', 'stop', 5, 5),
      finish('prt_2', 'stop', 5, 5),
    );
    expect(out.filter(({ type }) => type === 'text')).toHaveLength(1);
    expect(sumSpent(state.spent.values()).tokens.input).toBe(5);
  });

  it('tell the first error, with what the provider said', () => {
    const error = { name: 'APIError', data: { message: 'Incorrect API key provided', statusCode: 401 } };
    const later = { name: 'UnknownError', data: { message: 'x' } };
    const { state } = read({ type: 'error', sessionID, error }, { type: 'error', sessionID, error: later });
    expect(state.failure).toMatchObject({ code: 'provider-refused-key' });
  });

  it('are an endless loop after three empty steps in a row, not before and not with an answer in between', () => {
    const empty = (n: number) => finish(`prt_${n}`, 'unknown', 0, 0);
    expect(read(empty(1), empty(2)).state.failure).toBeNull();
    expect(read(empty(1), empty(2), empty(3)).state.failure?.code).toBe('provider-garbage');
    expect(read(empty(1), empty(2), finish('prt_9', 'tool-calls', 1, 1), empty(3)).state.failure).toBeNull();
  });
});

describe('a line that is none of its events', () => {
  it.each([
    '',
    'plain talk',
    '{"type":"text"',
    'null',
    '42',
    '{"type":"reasoning","part":{"text":"hm"}}',
    '{"type":"text","part":{}}',
    '{"type":"tool_use","part":null}',
    '{"type":"step_finish","part":{"tokens":{"input":1}}}',
    '{"type":"error","error":{}}',
  ])('is passed over: %s', (line) => {
    expect(parseRunEvent(line)).toBeNull();
  });
});
