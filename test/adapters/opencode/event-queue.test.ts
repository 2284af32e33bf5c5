import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createEventQueue } from '../../../src/adapters/opencode/event-queue.ts';

const never = new AbortController().signal;

describe('an event queue', () => {
  it('gives what was pushed, in order, whoever was first', async () => {
    const queue = createEventQueue<number>();
    queue.push(1);
    queue.push(2);
    expect([await queue.take(1_000, never), await queue.take(1_000, never)]).toEqual([1, 2]);
    const third = queue.take(1_000, never);
    queue.push(3);
    queue.push(4);
    expect([await third, await queue.take(1_000, never)]).toEqual([3, 4]);
  });

  it('gives null when nothing came in time, and goes on afterwards', async () => {
    const queue = createEventQueue<string>();
    expect(await queue.take(20, never)).toBeNull();
    queue.push('late');
    expect(await queue.take(20, never)).toBe('late');
  });

  it('stops waiting with the reason of the signal', async () => {
    const queue = createEventQueue<string>();
    const stop = new AbortController();
    const waiting = queue.take(10_000, stop.signal);
    stop.abort('enough');
    await expect(waiting).rejects.toBe('enough');
  });

  it('gives nothing more once the signal has aborted, though something is there', async () => {
    const queue = createEventQueue<string>();
    queue.push('there');
    await expect(queue.take(1_000, AbortSignal.abort('over'))).rejects.toBe('over');
    expect(await queue.take(1_000, never)).toBe('there');
  });

  it('holds on to no signal that it no longer waits for', async () => {
    const queue = createEventQueue<string>();
    const stop = new AbortController();
    queue.push('first');
    await queue.take(1_000, stop.signal);
    const waiting = queue.take(1_000, never);
    stop.abort('late');
    await sleep(5);
    queue.push('second');
    expect(await waiting).toBe('second');
  });
});
