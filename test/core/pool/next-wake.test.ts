import { describe, expect, it } from 'vitest';
import { nextWake } from '../../../src/core/pool/next-wake.ts';
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

const limits = { ...LIMITS, maxAgeMs: 20_000 };

describe('nextWake', () => {
  it.each<[string, readonly Server[], Partial<PoolState>, number | null]>([
    ['never, for an empty pool', [], {}, null],
    ['never, while a start is on its way', [starting('a')], {}, null],
    ['never, while a stop is on its way', [stopping('a', 'age')], {}, null],
    ['at a deadline', [starting('a')], { waiting: waiters(2) }, 600_000],
    ['when a server is too old', [ready('a')], {}, 20_000],
    ['when a probe is due', [ready('a', { startedAt: NOW - 90_000 })], {}, 30_000],
    ['for a remote only when a probe is due', [remote(ready('a'))], {}, 30_000],
    ['when a probe of a draining one is due', [draining('a', 'age')], {}, 30_000],
    ['when a failed one has rested', [failed('a', NOW + 8)], {}, 8],
    ['never, when it has rested already', [failed('a', NOW)], {}, null],
    ['when one that was given up has rested', [givenUp('a')], {}, 600_000],
    ['when the load has been low for long', [], { lowSince: NOW - 59_000 }, 1_000],
    ['at the first of these', [failed('a', NOW + 8), failed('b', NOW + 7)], {}, 7],
  ])('is %s', (_what, servers, rest, inMs) => {
    expect(nextWake(aPool(servers, rest), limits, NOW)).toBe(inMs === null ? null : NOW + inMs);
  });

  it('is the next probe where age is no limit', () => {
    expect(nextWake(aPool([ready('a')]), LIMITS, NOW)).toBe(NOW + 30_000);
  });
});
