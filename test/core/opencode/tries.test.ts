import { describe, expect, it } from 'vitest';
import type { LogNews } from '../../../src/core/opencode/log-line.ts';
import {
  failureOf,
  followTries,
  hear,
  isLikelyRetried,
  NO_TRIES,
  type Tries,
} from '../../../src/core/opencode/tries.ts';

const session = 'ses_1';
const step: LogNews = { kind: 'step', session };
const asked: LogNews = { kind: 'asked', session, agent: 'omcm-1' };
const complaint = (message: string): LogNews => ({ kind: 'complaint', session, message });

/** The first failure, or what is known in the end. */
function follow(...news: readonly (LogNews | 'heard')[]): { tries: Tries; failed: string | null } {
  let tries = NO_TRIES;
  for (const one of news) {
    if (one === 'heard') {
      tries = hear(tries);
      continue;
    }
    const followed = followTries(tries, one);
    if (followed.failure !== null) return { tries, failed: followed.failure.code };
    tries = followed.tries;
  }
  return { tries, failed: null };
}

describe('asking a provider', () => {
  it('goes well as long as each step is heard of', () => {
    const steps = Array.from({ length: 20 }, () => [step, asked, 'heard'] as const).flat();
    expect(follow(...steps).failed).toBeNull();
  });

  it('is a retry when it happens twice in one step', () => {
    expect(follow(step, asked, asked).failed).toBe('provider-unavailable');
    expect(follow(step, asked, 'heard', asked).failed).toBe('provider-unavailable');
    expect(follow(step, asked, complaint('Rate limit reached'), asked).failed).toBe('provider-rate-limited');
  });

  it('is a loop when three steps in a row say nothing', () => {
    expect(follow(step, asked, step, asked, step, asked).failed).toBeNull();
    expect(follow(step, asked, step, asked, step, asked, step).failed).toBe('provider-garbage');
    expect(follow(step, asked, step, asked, step, asked, 'heard', step, asked, step).failed).toBeNull();
  });
});

describe("a provider's complaint", () => {
  it.each([
    ['Rate limit reached for requests', true],
    ['The server had an error while processing your request', true],
    ['Incorrect API key provided', true],
    ["This model's maximum context length is 128000 tokens", false],
    ['prompt is too long: 210000 tokens > 200000 maximum', false],
    ['Request too large', false],
  ])('%s: asked again is %s', (message, isRetried) => {
    const { tries } = follow(step, asked, complaint(message));
    expect(isLikelyRetried(tries)).toBe(isRetried);
    expect(failureOf(tries).detail).toBe(message);
  });

  it('is over with the next step', () => {
    expect(isLikelyRetried(follow(step, asked, complaint('429'), step).tries)).toBe(false);
    expect(isLikelyRetried(NO_TRIES)).toBe(false);
  });
});
