import { describe, expect, it } from 'vitest';
import {
  type FallbackRecord,
  NO_FALLBACK,
  parseFallbackState,
  serialiseFallbackState,
} from '../../../src/adapters/files/fallback-state.ts';
import { isActive } from '../../../src/core/fallback/fallback-state.ts';

const SINCE = Date.UTC(2026, 0, 28, 12);
const HOUR = 3_600_000;

const HELD: FallbackRecord = {
  state: {
    auto: {
      name: 'active',
      since: SINCE,
      trip: { window: 'fiveHour', percent: 92, readAt: SINCE - 1_000, resetsAt: SINCE + HOUR },
      calm: { count: 1, lastReadAt: SINCE + 60_000 },
    },
    manual: null,
    suggestedUntil: { fiveHour: SINCE + HOUR, weekly: null },
  },
  reason: 'claude-limit-92%',
  currentModel: { id: 'gpt-5.2-codex', name: 'GPT-5.2 Codex' },
};

describe('fallback-state.json', () => {
  it("has the seed's shape, and what it takes to come back", () => {
    expect(serialiseFallbackState(HELD)).toEqual({
      fallbackActive: true,
      fallbackReason: 'claude-limit-92%',
      currentModel: { id: 'gpt-5.2-codex', name: 'GPT-5.2 Codex' },
      since: '2026-01-28T12:00:00.000Z',
      trippedBy: 'fiveHour',
      trip: { percent: 92, readAt: '2026-01-28T11:59:59.000Z', resetsAt: '2026-01-28T13:00:00.000Z' },
      lowReadings: { count: 1, lastReadAt: '2026-01-28T12:01:00.000Z' },
      manual: null,
      suggestedUntil: { fiveHour: '2026-01-28T13:00:00.000Z', weekly: null },
    });
  });

  it.each<[string, FallbackRecord]>([
    ['a fallback by itself', HELD],
    ['none', NO_FALLBACK],
    ['one by hand', { ...NO_FALLBACK, state: { ...NO_FALLBACK.state, manual: { set: 'on', since: SINCE } } }],
    [
      'one that is held off by hand',
      {
        ...HELD,
        reason: null,
        currentModel: null,
        state: { ...HELD.state, manual: { set: 'off', since: SINCE } },
      },
    ],
  ])('comes back as it was written: %s', (_, record) => {
    const raw = JSON.parse(JSON.stringify(serialiseFallbackState(record)));
    expect(parseFallbackState(raw, 0)).toEqual({ value: record, problems: [] });
  });

  it('names every field when fallback is off, so that none of an earlier one stays behind', () => {
    const written = serialiseFallbackState(NO_FALLBACK);
    expect(Object.keys(written)).toEqual(Object.keys(serialiseFallbackState(HELD)));
    expect(written).toMatchObject({ fallbackActive: false, fallbackReason: null, since: null, trip: null });
  });

  it('takes what an earlier OMCM, or a person, has switched on for the work of a hand', () => {
    const { value } = parseFallbackState(
      {
        fallbackActive: true,
        fallbackReason: 'Manual fallback',
        currentModel: { id: 'gpt-5.2', provider: 'openai' },
        fallbackStartedAt: '2026-01-28T12:00:00Z',
        history: [],
      },
      0,
    );
    expect(value).toEqual({
      state: { ...NO_FALLBACK.state, manual: { set: 'on', since: SINCE } },
      reason: 'Manual fallback',
      currentModel: { id: 'gpt-5.2', name: 'gpt-5.2' },
    });
  });

  it('lets one end by itself where its writer named the window that tripped', () => {
    const raw = { fallbackActive: true, since: SINCE, trippedBy: 'weekly' };
    expect(parseFallbackState(raw, 0).value.state).toMatchObject({
      auto: { name: 'active', since: SINCE, trip: { window: 'weekly', readAt: SINCE, resetsAt: null } },
      manual: null,
    });
  });

  it('obeys whoever changed fallbackActive and nothing else', () => {
    const off = parseFallbackState({ ...serialiseFallbackState(HELD), fallbackActive: false }, 0).value;
    expect([isActive(off.state), off.state.manual?.set]).toEqual([false, 'off']);
    const none = serialiseFallbackState(NO_FALLBACK);
    const on = parseFallbackState({ ...none, fallbackActive: true }, SINCE).value;
    expect(on.state.manual).toEqual({ set: 'on', since: SINCE });
    const hand = serialiseFallbackState(on);
    const letGo = parseFallbackState({ ...hand, fallbackActive: false }, SINCE).value;
    expect(letGo.state.manual).toBeNull();
  });

  it('counts from when the file was written where it does not say since when', () => {
    expect(parseFallbackState({ fallbackActive: true }, SINCE).value.state.manual?.since).toBe(SINCE);
    expect(parseFallbackState({ fallbackActive: false }, SINCE).value).toEqual(NO_FALLBACK);
  });

  it.each(['true', 1, null, {}])('is off, and says so, where fallbackActive is %j', (fallbackActive) => {
    const { value, problems } = parseFallbackState({ fallbackActive }, SINCE);
    expect(value).toEqual(NO_FALLBACK);
    expect(problems).toMatchObject([{ keyPath: 'fallbackActive' }]);
  });

  it.each([
    { trippedBy: 'monthly' },
    { currentModel: 'gpt' },
    { fallbackReason: 9 },
    { trip: 'yes', lowReadings: [], manual: 'on', suggestedUntil: 7 },
    { trip: { percent: 'x' }, lowReadings: { count: 2 }, manual: { set: 'maybe' } },
  ])('leaves out what makes no sense: %j', (odd) => {
    const { value } = parseFallbackState({ fallbackActive: true, since: SINCE, ...odd }, 0);
    expect(value).toMatchObject({
      state: { auto: { name: 'unread' }, manual: { set: 'on', since: SINCE } },
      reason: null,
      currentModel: null,
    });
  });
});
