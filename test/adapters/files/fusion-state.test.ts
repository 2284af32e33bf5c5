import { describe, expect, it } from 'vitest';
import {
  NO_FUSION_STATE,
  parseFusionState,
  serialiseFusionState,
} from '../../../src/adapters/files/fusion-state.ts';

const WRITTEN_AT = Date.UTC(2026, 0, 28, 12);

describe('fusion-state.json', () => {
  it("has the seed's shape", () => {
    const state = {
      enabled: true,
      mode: 'save-tokens',
      totalTasks: 48,
      routedToOpenCode: 23,
      estimatedSavedTokens: 18_000,
      byProvider: { gemini: 15, openai: 8, claude: 25, mistral: 1 },
      lastUpdated: WRITTEN_AT,
    };
    const written = {
      enabled: true,
      mode: 'save-tokens',
      totalTasks: 48,
      routedToOpenCode: 23,
      routingRate: 48,
      estimatedSavedTokens: 18_000,
      byProvider: { gemini: 15, openai: 8, anthropic: 25, mistral: 1 },
      lastUpdated: '2026-01-28T12:00:00.000Z',
    };
    expect(serialiseFusionState(state)).toEqual(written);
    expect(parseFusionState(written, 0)).toEqual({ value: state, problems: [] });
  });

  it('has a rate of 0 and every provider before the first task', () => {
    expect(serialiseFusionState(NO_FUSION_STATE)).toMatchObject({
      routingRate: 0,
      byProvider: { gemini: 0, openai: 0, anthropic: 0 },
    });
  });

  it('counts from nothing where the file says nothing', () => {
    expect(parseFusionState({}, WRITTEN_AT)).toEqual({
      value: { ...NO_FUSION_STATE, lastUpdated: WRITTEN_AT },
      problems: [],
    });
  });

  it('ignores what is not a count, a switch or a word, and says so', () => {
    const { value, problems } = parseFusionState(
      {
        enabled: 'yes',
        mode: 7,
        totalTasks: -1,
        routedToOpenCode: '3',
        byProvider: { gemini: null, openai: 2 },
      },
      WRITTEN_AT,
    );
    expect(value).toEqual({
      ...NO_FUSION_STATE,
      byProvider: { gemini: 0, openai: 2 },
      lastUpdated: WRITTEN_AT,
    });
    expect(problems.map(({ keyPath }) => keyPath)).toEqual([
      'enabled',
      'mode',
      'totalTasks',
      'routedToOpenCode',
      'byProvider.gemini',
    ]);
  });
});
