import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_LEASE_MS, createRunningTask } from '../../../src/daemon/delegation/running-task.ts';
import type { TaskEvent } from '../../../src/protocol/task.ts';

const text = (content: string): TaskEvent => ({ type: 'text', text: content });
const outcome = {
  tokens: { input: 0, output: 0, reasoning: 0, cacheRead: 0, cacheWrite: 0 },
  costUsd: 0,
  filesChanged: [],
  model: 'm',
  provider: 'p',
  durationMs: 0,
  fullTextFile: null,
};
const finished: TaskEvent = { type: 'finished', outcome };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('reading a task', () => {
  it('waits for the next event, and gives it as soon as it comes', async () => {
    const task = createRunningTask('t');
    const read = task.read(0, 60_000);
    task.append(text('a'));
    expect(await read).toEqual({ events: [text('a')], next: 1, done: false });
  });

  it('gives nothing when nothing came in time', async () => {
    const task = createRunningTask('t');
    const read = task.read(0, 5_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await read).toEqual({ events: [], next: 0, done: false });
  });

  it('gives all events from any point, to any number of readers', async () => {
    const task = createRunningTask('t');
    const early = [task.read(0, 1_000), task.read(0, 1_000)];
    for (const event of [text('a'), text('b'), finished]) task.append(event);
    for (const read of early) expect((await read).events[0]).toEqual(text('a'));
    expect(await task.read(1, 0)).toEqual({ events: [text('b'), finished], next: 3, done: true });
    expect(await task.read(99, 60_000)).toEqual({ events: [], next: 3, done: true });
  });

  it('ends at once for a reader that has gone, also one that had gone before', async () => {
    const task = createRunningTask('t');
    const reader = new AbortController();
    const read = task.read(0, 60_000, reader.signal);
    reader.abort();
    expect(await read).toMatchObject({ events: [] });
    expect(await task.read(0, 60_000, reader.signal)).toMatchObject({ events: [] });
  });
});

describe('a task that nobody reads', () => {
  it('is cancelled when the lease of its client is over, and not before', async () => {
    const task = createRunningTask('t');
    await vi.advanceTimersByTimeAsync(CLIENT_LEASE_MS - 1);
    expect(task.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(task.signal.reason).toMatchObject({ code: 'cancelled' });
  });

  it('is not cancelled while somebody waits, and has a new lease afterwards', async () => {
    const task = createRunningTask('t');
    const read = task.read(0, 60_000);
    await vi.advanceTimersByTimeAsync(50_000);
    task.append(text('a'));
    await read;
    await vi.advanceTimersByTimeAsync(CLIENT_LEASE_MS - 1);
    expect(task.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(task.signal.aborted).toBe(true);
  });

  it('is cancelled soon after its reader hung up, unless another waits or it comes back', async () => {
    const reader = new AbortController();
    const [left, shared, back] = [createRunningTask('a'), createRunningTask('b'), createRunningTask('c')];
    const reads = [left, shared, back].map((task) => task.read(0, 60_000, reader.signal));
    void shared.read(0, 60_000);
    reader.abort();
    await Promise.all(reads);
    await vi.advanceTimersByTimeAsync(500);
    void back.read(0, 60_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([left, shared, back].map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
  });

  it('is left alone once it is done', async () => {
    const task = createRunningTask('t');
    task.append(finished);
    await vi.advanceTimersByTimeAsync(10 * CLIENT_LEASE_MS);
    task.cancel();
    expect(task.signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a task is settled', () => {
  it('when it is done and a reader has heard so', async () => {
    const task = createRunningTask('t');
    task.append(finished);
    expect(task.isSettled()).toBe(false);
    await task.read(0, 0);
    expect(task.isSettled()).toBe(true);
  });

  it('when it is done and its client had given it up', () => {
    const task = createRunningTask('t');
    task.cancel();
    expect(task.isSettled()).toBe(false);
    task.append(finished);
    expect(task.isSettled()).toBe(true);
  });

  it('not because of a reader that went away, nor when somebody else ended it', async () => {
    const task = createRunningTask('t');
    task.cancel({ code: 'deadline-exceeded' });
    task.append(finished);
    await task.read(0, 0, AbortSignal.abort());
    expect(task.isSettled()).toBe(false);
  });
});
