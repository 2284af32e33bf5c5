import { describe, expect, it } from 'vitest';
import { explainOutage } from '../../../src/core/pool/explain-outage.ts';
import type { Server } from '../../../src/core/pool/server-state.ts';
import { aPool, draining, failed, givenUp, NOW, ready, remote, starting, stopping } from './pool-builders.ts';
import { LIMITS } from './pool-limits.ts';

const silent = { times: 3, why: 'no route to host' };

describe('explainOutage', () => {
  it.each<[string, readonly Server[], string | null]>([
    ['the pool is cold', [], null],
    ['one is ready', [givenUp('a'), ready('b')], null],
    ['one starts', [givenUp('a'), starting('b', silent)], null],
    ['one drains', [givenUp('a'), draining('b', 'age')], null],
    ['one stops', [givenUp('a'), stopping('b', 'age')], null],
    ['one is going to be started again', [givenUp('a'), failed('b', NOW + 9, 2)], null],
    ['all are given up', [givenUp('a')], 'it always breaks'],
    ['one that was given up has rested', [givenUp('a', NOW - 600_000)], null],
    ['a remote is not reached yet', [givenUp('a'), remote(failed('r', NOW, 0))], null],
    ['a remote is silent for long', [givenUp('a'), remote(failed('r', NOW, 3))], 'it broke'],
    [
      'a remote that is silent for long is asked again',
      [givenUp('a'), remote(starting('r', silent))],
      silent.why,
    ],
    ['a remote is asked for the first time', [givenUp('a'), remote(starting('r'))], null],
    ['only remotes are silent, and one of ours could start', [remote(failed('r', NOW, 3))], null],
  ])('knows what to say when %s', (_what, servers, why) => {
    expect(explainOutage(aPool(servers), { limits: LIMITS, now: NOW })).toBe(why);
  });

  it.each<[readonly Server[], string | null]>([
    [[], 'the pool may have no servers'],
    [[remote(failed('r', NOW, 3))], 'it broke'],
    [[remote(ready('r'))], null],
  ])('knows that there will be no own server where none is allowed', (servers, why) => {
    const none = { limits: { ...LIMITS, minServers: 0, maxServers: 0 }, now: NOW };
    expect(explainOutage(aPool(servers), none)).toBe(why);
  });
});
