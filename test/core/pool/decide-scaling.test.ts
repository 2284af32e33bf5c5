import { describe, expect, it } from 'vitest';
import { countWanted } from '../../../src/core/pool/count-wanted.ts';
import { decideGrowth, isLow, pickSurplus } from '../../../src/core/pool/decide-scaling.ts';
import type { PoolLimits } from '../../../src/core/pool/pool-limits.ts';
import type { PoolState } from '../../../src/core/pool/pool-state.ts';
import type { Server } from '../../../src/core/pool/server-state.ts';
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

const at = (limits: Partial<PoolLimits> = {}) => ({ limits: { ...LIMITS, ...limits }, now: NOW });
const waiting = (count: number): Partial<PoolState> => ({ waiting: waiters(count) });

describe('the number of servers that are wanted, of four sessions each', () => {
  it.each<[string, readonly Server[], Partial<PoolState>, Partial<PoolLimits>, number]>([
    ['the minimum when idle', [], {}, {}, 1],
    ['none when idle and none is the minimum', [], {}, { minServers: 0 }, 0],
    ['one for the first that waits', [], waiting(1), { minServers: 0 }, 1],
    ['one below 80 %', [ready('a', { tasks: 3 })], {}, {}, 1],
    ['one more at 80 %', [ready('a', { tasks: 4 })], {}, {}, 2],
    ['one more when somebody waits', [ready('a', { tasks: 4 })], waiting(1), {}, 2],
    ['no second one for the second that waits', [ready('a', { tasks: 4 })], waiting(2), {}, 2],
    ['two more for so many that one more would be full', [ready('a', { tasks: 4 })], waiting(3), {}, 3],
    ['at most the maximum', [ready('a', { tasks: 4 })], waiting(90), {}, 5],
    ['as many as were asked for', [], { askedServers: 3 }, {}, 3],
    ['never fewer than the minimum', [], { askedServers: 0 }, {}, 1],
    ['fewer by the remotes', [remote(ready('r', { tasks: 4 })), ready('a', { tasks: 4 })], {}, {}, 2],
    ['no own one where remotes are enough', [remote(ready('r', { tasks: 3 }))], {}, { minServers: 0 }, 0],
    ['as many as ever without scaling', [ready('a', { tasks: 4 })], waiting(50), { autoScale: false }, 1],
    ['one on demand without scaling', [], waiting(9), { autoScale: false, minServers: 0 }, 1],
    ['one more when all are busy, at 100 %', [ready('a', { tasks: 4 })], {}, { scaleUpAt: 1 }, 2],
    ['what fits, with a mark beyond 100 %', [ready('a', { tasks: 4 })], waiting(1), { scaleUpAt: 80 }, 2],
  ])('is %s', (_what, servers, rest, limits, wanted) => {
    expect(countWanted(aPool(servers, rest), at(limits).limits)).toBe(wanted);
  });
});

describe('decideGrowth', () => {
  it.each<[string, readonly Server[], Partial<PoolState>, Partial<PoolLimits>, string]>([
    ['starts the first', [], {}, {}, 'start'],
    ['starts none while the pool is cold', [], {}, { minServers: 0 }, 'enough'],
    ['starts the first alone', [starting('a')], {}, { minServers: 3 }, 'enough'],
    ['starts the others when one is ready', [ready('a'), starting('b')], {}, { minServers: 3 }, 'start'],
    ['counts those that start', [ready('a', { tasks: 4 }), starting('b')], waiting(1), {}, 'enough'],
    ['starts more for many', [ready('a', { tasks: 4 }), starting('b')], waiting(9), {}, 'start'],
    ['starts one beside a server that leaves', [draining('a', 'age', { tasks: 1 })], {}, {}, 'start'],
    ['waits for room', [draining('a', 'age', { tasks: 1 })], {}, { maxServers: 1 }, 'enough'],
    ['waits for the end of one that stops', [stopping('a', 'age')], {}, { maxServers: 1 }, 'enough'],
    ['takes back a spare one', [draining('a', 'scale-down', { tasks: 1 })], {}, {}, 'revive a'],
    ['restarts one that has rested', [failed('a', NOW)], {}, {}, 'restart a'],
    ['lets a failed one rest', [failed('a', NOW + 1)], {}, {}, 'enough'],
    [
      'restarts one at a time where none runs',
      [failed('a', NOW), starting('b')],
      {},
      { minServers: 2 },
      'enough',
    ],
    ['starts no other where none runs', [failed('a', NOW + 1)], waiting(50), {}, 'enough'],
    ['starts another where one runs', [ready('a', { tasks: 4 }), failed('b', NOW + 1)], {}, {}, 'start'],
    ['prefers the failed to a new one', [ready('a', { tasks: 4 }), failed('b', NOW)], {}, {}, 'restart b'],
    ['leaves alone one that is given up', [givenUp('a')], waiting(1), {}, 'enough'],
    ['tries it again after a long rest', [givenUp('a', NOW - 600_000)], waiting(1), {}, 'restart a'],
    ['replaces one that is given up', [ready('a'), givenUp('b')], {}, { minServers: 2 }, 'start'],
    [
      'keeps the place of one that is given up',
      [ready('a'), givenUp('b')],
      {},
      { minServers: 2, maxServers: 2 },
      'enough',
    ],
    ['restarts none that nobody needs', [ready('a'), failed('b', NOW)], {}, {}, 'enough'],
    ['starts a replacement for one that is due', [ready('a', { recycleAsked: true })], {}, {}, 'start'],
    [
      'starts no replacement beyond the maximum',
      [ready('a', { recycleAsked: true })],
      {},
      { maxServers: 1 },
      'enough',
    ],
  ])('%s', (_what, servers, rest, limits, expected) => {
    const growth = decideGrowth(aPool(servers, rest), at(limits));
    expect('server' in growth ? `${growth.kind} ${growth.server.id}` : growth.kind).toBe(expected);
  });
});

describe('the load is low', () => {
  it.each<[string, readonly Server[], Partial<PoolState>, Partial<PoolLimits>, boolean]>([
    ['with nothing to do', [ready('a')], {}, {}, true],
    ['below 30 %', [ready('a', { tasks: 1 })], {}, {}, true],
    ['but not at 30 %', [ready('a', { tasks: 3 })], {}, { sessionsPerServer: 10 }, false],
    ['but not while somebody waits', [ready('a')], waiting(1), {}, false],
    ['but not where nothing is ready', [starting('a')], {}, {}, false],
    ['but not where nothing is to be scaled', [ready('a')], {}, { autoScale: false }, false],
  ])('%s', (_what, servers, rest, limits, low) => {
    expect(isLow(aPool(servers, rest), at(limits).limits)).toBe(low);
  });
});

describe('pickSurplus', () => {
  it.each<[string, readonly Server[], Partial<PoolState>, Partial<PoolLimits>, string | undefined]>([
    ['takes none of the minimum', [ready('a')], {}, {}, undefined],
    ['takes the last one where none is the minimum', [ready('a')], {}, { minServers: 0 }, 'a'],
    ['takes the youngest', [ready('a'), ready('b')], {}, {}, 'b'],
    ['takes the idlest', [ready('a'), ready('b', { tasks: 1 })], {}, {}, 'a'],
    ['takes a failed one first', [ready('a'), failed('b', NOW), ready('c')], {}, {}, 'b'],
    ['keeps a failed one that is needed', [failed('a', NOW + 1)], {}, {}, undefined],
    ['takes one that starts before one that is ready', [ready('a'), starting('b'), ready('c')], {}, {}, 'b'],
    ['never leaves less than a server that starts', [starting('a')], {}, {}, undefined],
    ['takes none that the load needs', [ready('a', { tasks: 4 }), ready('b')], {}, {}, undefined],
    [
      'takes none where that would wake another',
      [ready('a', { tasks: 2 }), ready('b', { tasks: 2 })],
      {},
      {},
      undefined,
    ],
    ['takes none that was asked for', [ready('a'), ready('b')], { askedServers: 2 }, {}, undefined],
    ['takes none that replaces another', [ready('a', { recycleAsked: true }), ready('b')], {}, {}, undefined],
    ['takes no remote', [remote(ready('r')), ready('a')], {}, {}, undefined],
    ['leaves one that is given up for the person to see', [ready('a'), givenUp('b')], {}, {}, undefined],
  ])('%s', (_what, servers, rest, limits, id) => {
    expect(pickSurplus(aPool(servers, rest), at(limits))?.id).toBe(id);
  });
});
