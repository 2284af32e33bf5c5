import { describe, expect, it } from 'vitest';
import { decideRecycling } from '../../../src/core/pool/decide-recycling.ts';
import type { PoolLimits } from '../../../src/core/pool/pool-limits.ts';
import type { Server } from '../../../src/core/pool/server-state.ts';
import { aPool, draining, NOW, ready, remote, starting } from './pool-builders.ts';
import { LIMITS } from './pool-limits.ts';

const limits: Partial<PoolLimits> = { maxRssBytes: 1_000, maxAgeMs: 60_000, maxTasks: 10 };
const decide = (servers: readonly Server[], more: Partial<PoolLimits> = {}) => {
  const due = decideRecycling(aPool(servers), { limits: { ...LIMITS, ...limits, ...more }, now: NOW });
  return due === null ? null : `${due.server.id} ${due.why}`;
};
const old = { startedAt: NOW - 60_000 };

describe('decideRecycling', () => {
  it.each([
    ['its memory', { rssBytes: 1_000 }, 'a memory'],
    ['memory below the limit', { rssBytes: 999 }, null],
    ['memory that nobody knows', { rssBytes: null }, null],
    ['its age', old, 'a age'],
    ['an age below the limit', { startedAt: NOW - 59_999 }, null],
    ['its tasks, with those in flight', { tasksDone: 7, tasks: 3 }, 'a tasks'],
    ['fewer tasks', { tasksDone: 7, tasks: 2 }, null],
    ['a request', { recycleAsked: true }, 'a recycle'],
    ['the most urgent of several', { ...old, rssBytes: 2_000, recycleAsked: true }, 'a memory'],
  ])('goes by %s', (_what, life, expected) => {
    expect(decide([ready('a', life), ready('b')])).toBe(expected);
  });

  it('knows no limit where none is set', () => {
    const none = { maxRssBytes: null, maxAgeMs: null, maxTasks: null };
    expect(
      decide([ready('a', { startedAt: 0, rssBytes: 1e12, tasksDone: 1e6 }), ready('b')], none),
    ).toBeNull();
  });

  it.each<[string, readonly Server[], Partial<PoolLimits>, string | null]>([
    ['waits for the replacement', [ready('a', old)], {}, null],
    ['waits until the replacement is ready', [ready('a', old), starting('b')], {}, null],
    ['drains when the replacement is ready', [ready('a', old), ready('b')], {}, 'a age'],
    ['drains at once where none has to stay', [ready('a', old)], { minServers: 0 }, 'a age'],
    ['waits while its tasks need a server', [ready('a', { ...old, tasks: 1 })], { minServers: 0 }, null],
    ['drains at once where there is room for none', [ready('a', old)], { maxServers: 1 }, 'a age'],
    [
      'drains one at a time where there is room for none',
      [ready('a', old), ready('b', old)],
      { minServers: 2, maxServers: 2 },
      'a age',
    ],
    [
      'keeps the second until the first is replaced',
      [draining('a', 'age'), ready('b', old)],
      { minServers: 2, maxServers: 2 },
      null,
    ],
    ['drains the most urgent first', [ready('a', old), ready('b', { rssBytes: 2_000 })], {}, 'b memory'],
    ['never drains a remote', [remote(ready('a', old)), ready('b')], {}, null],
  ])('%s', (_what, servers, more, expected) => {
    expect(decide(servers, more)).toBe(expected);
  });
});
