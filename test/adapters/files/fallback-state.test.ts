import { describe, expect, it } from 'vitest';
import {
  NO_FALLBACK,
  parseFallbackState,
  serialiseFallbackState,
} from '../../../src/adapters/files/fallback-state.ts';

const SINCE = Date.UTC(2026, 0, 28, 12);

describe('fallback-state.json', () => {
  it("has the seed's shape", () => {
    const state = {
      active: true,
      reason: 'claude-limit-92%',
      currentModel: { id: 'gpt-5.2-codex', name: 'GPT-5.2 Codex' },
      since: SINCE,
      trippedBy: 'fiveHour' as const,
    };
    const written = {
      fallbackActive: true,
      fallbackReason: 'claude-limit-92%',
      currentModel: { id: 'gpt-5.2-codex', name: 'GPT-5.2 Codex' },
      since: '2026-01-28T12:00:00.000Z',
      trippedBy: 'fiveHour',
    };
    expect(serialiseFallbackState(state)).toEqual(written);
    expect(parseFallbackState(written, 0)).toEqual({ value: state, problems: [] });
  });

  it('names every field when fallback is off, so that none of an earlier one stays behind', () => {
    expect(serialiseFallbackState(NO_FALLBACK)).toEqual({
      fallbackActive: false,
      fallbackReason: null,
      currentModel: null,
      since: null,
      trippedBy: null,
    });
  });

  it('understands the file of an earlier OMCM', () => {
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
      active: true,
      reason: 'Manual fallback',
      currentModel: { id: 'gpt-5.2', name: 'gpt-5.2' },
      since: SINCE,
      trippedBy: null,
    });
  });

  it('counts from when the file was written where it does not say since when', () => {
    expect(parseFallbackState({ fallbackActive: true }, SINCE).value).toMatchObject({
      active: true,
      since: SINCE,
    });
    expect(parseFallbackState({ fallbackActive: false }, SINCE).value).toEqual(NO_FALLBACK);
  });

  it.each(['true', 1, null, {}])('is off, and says so, where fallbackActive is %j', (fallbackActive) => {
    const { value, problems } = parseFallbackState({ fallbackActive }, SINCE);
    expect(value).toEqual(NO_FALLBACK);
    expect(problems).toMatchObject([{ keyPath: 'fallbackActive' }]);
  });

  it('leaves out a window and a model that it does not know', () => {
    const odd = { fallbackActive: true, trippedBy: 'monthly', currentModel: 'gpt', fallbackReason: 9 };
    expect(parseFallbackState(odd, SINCE).value).toMatchObject({
      trippedBy: null,
      currentModel: null,
      reason: null,
    });
  });
});
