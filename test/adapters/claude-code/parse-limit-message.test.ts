import { describe, expect, it } from 'vitest';
import { parseLimitMessage } from '../../../src/adapters/claude-code/parse-limit-message.ts';

/** A quarter past eight in the evening, UTC. */
const NOW = Date.UTC(2026, 10, 22, 20, 15);
const at = (...when: Parameters<typeof Date.UTC>) => Date.UTC(...when);

describe('parseLimitMessage', () => {
  it.each<[string, 'fiveHour' | 'weekly', number | null]>([
    // As Claude Code 2.1.330 said it for a 429 with a reset time.
    ["You've hit your limit · resets 8:23pm (UTC)", 'fiveHour', at(2026, 10, 22, 20, 23)],
    ["You've hit your session limit · resets 11pm (UTC)", 'fiveHour', at(2026, 10, 22, 23)],
    ["You've hit your limit · resets 12:30am (UTC)", 'fiveHour', at(2026, 10, 23, 0, 30)],
    ["You've hit your limit · resets 7am (Asia/Seoul)", 'fiveHour', at(2026, 10, 22, 22)],
    ["You've hit your limit · resets 4:30pm (America/New_York)", 'fiveHour', at(2026, 10, 22, 21, 30)],
    ["You've hit your limit · resets Nov 25, 8pm (UTC)", 'weekly', at(2026, 10, 25, 20)],
    ["You've hit your weekly limit · resets 9pm (UTC)", 'weekly', at(2026, 10, 22, 21)],
    ["You've hit your weekly limit · resets Jan 2, 2027, 8am (UTC)", 'weekly', at(2027, 0, 2, 8)],
    ["You've hit your weekly limit · resets Jan 2 at 8am (UTC)", 'weekly', at(2027, 0, 2, 8)],
    ['You’ve reached your 5-hour limit', 'fiveHour', null],
    ["You've hit your limit · resets 8pm (Nowhere/Nothing)", 'fiveHour', null],
  ])('%s', (message, window, resetsAt) => {
    const other = window === 'weekly' ? 'fiveHour' : 'weekly';
    expect(parseLimitMessage(message, NOW)).toEqual({
      [window]: { percent: 100, resetsAt, readAt: NOW, source: 'limit-message' },
      [other]: null,
    });
  });

  it.each([
    "You've hit your Opus limit · resets Nov 25, 8pm (UTC)",
    "You've hit your monthly spend limit.",
    "You've hit your fast limit",
    'API Error: 429 Rate limit reached for requests',
    'The user asks: "You\'ve hit your limit"?',
    '',
  ])('says nothing of the windows: %s', (message) => {
    expect(parseLimitMessage(message, NOW)).toBeNull();
  });
});
