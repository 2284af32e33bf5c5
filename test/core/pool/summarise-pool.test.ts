import { describe, expect, it } from 'vitest';
import type { Server } from '../../../src/core/pool/server-state.ts';
import { type ServerSummary, summarisePool } from '../../../src/core/pool/summarise-pool.ts';
import {
  aPool,
  draining,
  failed,
  givenUp,
  NOW,
  ready,
  remote,
  starting,
  stopping,
  waiters,
} from './pool-builders.ts';
import { LIMITS } from './pool-limits.ts';

const context = { limits: LIMITS, now: NOW + 1_000 };
const broke = { times: 2, why: 'exit code 1' };

describe('the summary of a pool', () => {
  it('tells load and queue', () => {
    const servers = [ready('a', { tasks: 4 }), remote(ready('r', { tasks: 2 })), starting('c')];
    expect(summarisePool(aPool(servers, { waiting: waiters(2) }), context)).toMatchObject({
      tasks: 6,
      capacity: 8,
      utilisation: 0.75,
      waiting: 2,
      longestWaitMs: 1_000,
      stopping: false,
      outage: null,
    });
  });

  it('counts the states', () => {
    const servers = [
      ready('a'),
      ready('b'),
      starting('c'),
      draining('d', 'age'),
      failed('e', NOW),
      givenUp('f'),
    ];
    expect(summarisePool(aPool([...servers, stopping('g', 'stop')]), context).states).toEqual({
      ready: 2,
      starting: 1,
      draining: 1,
      stopping: 1,
      failed: 1,
      'given-up': 1,
    });
  });

  it('has nothing to tell of a cold pool', () => {
    expect(summarisePool(aPool([]), context)).toMatchObject({
      servers: [],
      tasks: 0,
      utilisation: 0,
      longestWaitMs: 0,
      outage: null,
    });
  });

  it('tells why nothing is served', () => {
    expect(summarisePool(aPool([givenUp('a')]), context).outage).toBe('it always breaks');
  });

  it.each<[Server, Partial<ServerSummary>]>([
    [starting('a'), { state: 'starting', port: null, ageMs: null, lastError: null }],
    [starting('a', broke), { lastError: 'exit code 1' }],
    [
      ready('a', { tasks: 2, tasksDone: 7, rssBytes: 500, failures: broke }),
      {
        port: 4096,
        tasksRunning: 2,
        tasksDone: 7,
        rssBytes: 500,
        ageMs: 1_000,
        why: null,
        lastError: 'exit code 1',
      },
    ],
    [ready('a'), { lastError: null }],
    [remote(ready('a')), { kind: 'remote', port: null }],
    [draining('a', 'memory', { tasks: 1 }), { state: 'draining', why: 'memory', tasksRunning: 1 }],
    [stopping('a', 'unresponsive', broke), { why: 'unresponsive', lastError: 'exit code 1' }],
    [stopping('a', 'age'), { why: 'age', lastError: null }],
    [failed('a', NOW + 5_000), { retryInMs: 4_000, lastError: 'it broke' }],
    [failed('a', NOW), { retryInMs: 0 }],
    [givenUp('a'), { retryInMs: 599_000, lastError: 'it always breaks' }],
  ])('tells of a server that is $state.name', (server, expected) => {
    const [summary] = summarisePool(aPool([server]), context).servers;
    expect(summary).toMatchObject(expected);
  });
});
