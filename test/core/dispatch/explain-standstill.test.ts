import { describe, expect, it } from 'vitest';
import { explainStandstill } from '../../../src/core/dispatch/explain-standstill.ts';
import { NO_READINGS, type QuotaReadings } from '../../../src/core/quota/reading.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const back = { key: 'openai/gpt-5.2', at: NOW + 12 * MINUTE, code: 'provider-rate-limited' } as const;
const fiveHour = (percent: number): QuotaReadings => ({
  ...NO_READINGS,
  fiveHour: { percent, resetsAt: NOW + 180 * MINUTE, readAt: NOW },
});

describe('a standstill', () => {
  it('is none while Claude can answer, or nobody knows', () => {
    expect(explainStandstill(fiveHour(99), back, NOW)).toBeNull();
    expect(explainStandstill(NO_READINGS, back, NOW)).toBeNull();
    expect(explainStandstill(fiveHour(100), back, NOW + 181 * MINUTE)).toBeNull();
  });

  it('says what comes back first, and when Claude does', () => {
    expect(explainStandstill(fiveHour(100), back, NOW)).toBe(
      "Every model that could do it rests after a failure, and Claude's own window is spent. " +
        'First back: openai/gpt-5.2 in 12 minutes (provider-rate-limited); ' +
        "Claude's five-hour window resets in 3 hours.",
    );
  });
});
