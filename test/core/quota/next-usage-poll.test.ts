import { describe, expect, it } from 'vitest';
import { FIRST_POLL, nextUsagePoll, type PollOutcome } from '../../../src/core/quota/next-usage-poll.ts';

const MINUTE = 60_000;

/** The waits, in minutes, to which these outcomes lead. */
const waits = (...outcomes: readonly PollOutcome[]) => {
  let state = FIRST_POLL;
  return outcomes.map((outcome) => {
    state = nextUsagePoll(state, outcome, 0);
    return state.dueAt / MINUTE;
  });
};

const read = { kind: 'read' } as const;
const unusable = { kind: 'unusable' } as const;
const busy = (minutes: number | null) =>
  ({ kind: 'busy', retryAfterMs: minutes === null ? null : minutes * MINUTE }) as const;

describe('nextUsagePoll', () => {
  it('asks every five minutes as long as it is answered', () => {
    expect(waits(read, read, read)).toEqual([5, 5, 5]);
  });

  it('waits longer with each trouble, an hour at most, and starts anew when it is answered', () => {
    expect(waits(busy(null), unusable, busy(null), unusable, unusable)).toEqual([10, 20, 40, 60, 60]);
    expect(waits(busy(null), busy(null), read, busy(null))).toEqual([10, 20, 5, 10]);
  });

  it('keeps to a wait that was asked for, where it is the longer one', () => {
    expect(waits(busy(90), busy(1))).toEqual([90, 20]);
  });
});
