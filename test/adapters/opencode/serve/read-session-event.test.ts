import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../../src/adapters/opencode/serve/event-feed.ts';
import {
  type Reading,
  readSessionEvent,
  startReading,
} from '../../../../src/adapters/opencode/serve/read-session-event.ts';
import type { EngineEvent } from '../../../../src/core/delegation/engine.ts';
import { sumSpent } from '../../../../src/core/opencode/spent.ts';

const NOW = 1_800_000_000_000;
const RECORDINGS = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'opencode-events');

/** What OpenCode 1.18.33 sent for one prompt, from the creation of its session on. */
function recorded(name: string): readonly SessionEvent[] {
  const lines = readFileSync(join(RECORDINGS, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as SessionEvent);
}

type Read = Omit<Reading, 'out'> & { readonly out: readonly EngineEvent[]; readonly count: number };

/** As far as a task would have read: to the first event that ends it. */
function readAll(events: readonly SessionEvent[]): Read {
  let state = startReading('ses_1');
  const out: EngineEvent[] = [];
  for (const [index, event] of events.entries()) {
    const read = readSessionEvent(state, event, NOW);
    state = read.state;
    out.push(...read.out);
    if (read.next !== 'go-on') return { state, out, next: read.next, count: index + 1 };
  }
  return { state, out, next: 'go-on', count: events.length };
}

const textIn = (out: readonly EngineEvent[]) =>
  out.map((event) => (event.type === 'text' ? event.delta : '')).join('');

describe('what the real server sent for', () => {
  it('a plain answer is its text, once, and its end', () => {
    const events = recorded('plain');
    const { state, out, next, count } = readAll(events);
    expect(textIn(out)).toBe('The first half, and the second half. 끝 🏁');
    expect(out.at(-1)).toEqual({ type: 'step-ended', step: 0, finish: 'stop' });
    expect([next, state.lastFinish, state.failure]).toEqual(['idle', 'stop', null]);
    expect(count).toBe(events.length);
    expect(sumSpent(state.spent.values())).toEqual({
      costUsd: 0,
      tokens: { input: 9179, output: 11, reasoning: 0, cacheRead: 0, cacheWrite: 0 },
    });
  });

  it('work with tools is the steps in order, with the files that were written', () => {
    const { state, out, next } = readAll(recorded('tools'));
    expect(out.filter(({ type }) => type !== 'text' && type !== 'spent')).toEqual([
      { type: 'tool-started', tool: 'read' },
      { type: 'tool', tool: 'read', title: 'README.md', status: 'completed' },
      { type: 'step-ended', step: 0, finish: 'tool-calls' },
      { type: 'tool-started', tool: 'write' },
      { type: 'tool', tool: 'write', title: 'made.txt', status: 'completed' },
      { type: 'step-ended', step: 1, finish: 'tool-calls' },
      { type: 'tool-started', tool: 'read' },
      { type: 'tool', tool: 'read', title: expect.stringContaining('File not found'), status: 'error' },
      { type: 'step-ended', step: 2, finish: 'tool-calls' },
      { type: 'step-ended', step: 3, finish: 'stop' },
    ]);
    expect(out.filter(({ type }) => type === 'text')).toEqual([
      { type: 'text', step: 0, delta: 'Let me look firs' },
      { type: 'text', step: 0, delta: 't.' },
      { type: 'text', step: 3, delta: 'It is done.' },
    ]);
    expect([...state.files]).toEqual(['/project/made.txt']);
    expect(state.running.size).toBe(0);
    expect([next, state.lastFinish]).toEqual(['idle', 'stop']);
    expect(sumSpent(state.spent.values()).tokens).toMatchObject({ input: 37376, output: 65 });
    const spent = out.flatMap((event) => (event.type === 'spent' ? [event] : []));
    expect(spent.map(({ isLast }) => isLast)).toEqual([false, false, false, true]);
    expect(spent.reduce((sum, { tokens }) => sum + tokens.input, 0)).toBe(37376);
  });

  it('a patch names the file that it made', () => {
    const { state } = readAll(recorded('patch'));
    expect([...state.files]).toEqual(['/project/patched.txt']);
  });

  it("a child session is the child's tools and tokens, without its words and its end", () => {
    const events = recorded('child');
    const { state, out, next, count } = readAll(events);
    expect(textIn(out)).toBe('All is done.');
    expect(out.map((event) => (event.type === 'tool' ? event.tool : null)).filter(Boolean)).toEqual([
      'read',
      'task',
    ]);
    expect([next, count]).toEqual(['idle', events.length]);
    expect(sumSpent(state.spent.values()).tokens).toMatchObject({ input: 33732, output: 49 });
    const told = out.map((event) => (event.type === 'spent' ? event.tokens.input : 0));
    expect(told.reduce((sum, tokens) => sum + tokens)).toBe(33732);
  });

  it.each([
    ['rate-limit', 'provider-rate-limited'],
    ['drop', 'provider-unavailable'],
    ['empty', 'provider-garbage'],
  ])('the fault "%s" is given up, with the reason %s', (name, code) => {
    const { state, next } = readAll(recorded(name));
    expect([next, state.failure?.code]).toEqual(['give-up', code]);
  });

  it.each([
    ['refused-key', 'provider-refused-key'],
    ['garbage', 'provider-garbage'],
    ['cancelled', 'cancelled'],
    ['no-model', 'model-not-found'],
  ])('the fault "%s" has ended by itself, with the reason %s', (name, code) => {
    const { state, next } = readAll(recorded(name));
    expect([next, state.failure?.code]).toEqual(['idle', code]);
  });

  it('an answer that breaks off keeps what had come', () => {
    expect(textIn(readAll(recorded('drop')).out)).toBe('one two three four five six seve');
  });

  it('endless empty answers is given up at the third, each of which is told twice', () => {
    const events = recorded('empty');
    const { count } = readAll(events);
    const empty = events
      .slice(0, count)
      .filter(({ type, properties }) => type === 'message.updated' && isEmptyAnswer(properties));
    expect(new Set(empty.map(({ properties }) => idOf(properties))).size).toBe(3);
  });
});

const infoOf = (properties: unknown) => (properties as { info: { id: string; finish?: string } }).info;
const idOf = (properties: unknown) => infoOf(properties).id;
const isEmptyAnswer = (properties: unknown) => infoOf(properties).finish === 'unknown';

describe('empty answers', () => {
  const answer = (id: string, finish: string, output: number): SessionEvent =>
    ({
      type: 'message.updated',
      properties: {
        sessionID: 'ses_1',
        info: {
          id,
          sessionID: 'ses_1',
          role: 'assistant',
          finish,
          time: { completed: 1 },
          tokens: { output },
        },
      },
    }) as unknown as SessionEvent;
  const empty = (id: string) => answer(id, 'unknown', 0);

  it('that do not follow each other are accidents', () => {
    const events = [empty('1'), empty('2'), answer('3', 'tool-calls', 5), empty('4'), empty('5')];
    expect(readAll(events).next).toBe('go-on');
    expect(readAll([...events, empty('6')]).next).toBe('give-up');
  });

  it('are not those that said something', () => {
    expect(readAll(['1', '2', '3', '4'].map((id) => answer(id, 'unknown', 7))).next).toBe('go-on');
  });
});

describe('events of no concern', () => {
  it.each([
    { type: 'server.heartbeat', properties: {} },
    { type: 'a.kind.of.next.year', properties: { sessionID: 'ses_1' } },
    { type: 'session.idle', properties: { sessionID: 'ses_other' } },
    { type: 'session.error', properties: { sessionID: 'ses_1' } },
    { type: 'session.status', properties: { sessionID: 'ses_1', status: { type: 'busy' } } },
    {
      type: 'message.part.delta',
      properties: { sessionID: 'ses_1', partID: 'x', field: 'text', delta: 'who?' },
    },
  ])('change nothing: $type', (event) => {
    const state = startReading('ses_1');
    expect(readSessionEvent(state, event as unknown as SessionEvent, NOW)).toEqual({
      state,
      out: [],
      next: 'go-on',
    });
  });
});
