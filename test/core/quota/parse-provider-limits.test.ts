import { describe, expect, it } from 'vitest';
import { parseProviderLimits } from '../../../src/core/quota/parse-provider-limits.ts';

const WRITTEN = Date.UTC(2026, 0, 28, 12);
const ISO = '2026-01-28T11:30:00.000Z';
const AT = Date.parse(ISO);

describe('parseProviderLimits', () => {
  it('reads both windows, with times as text, as seconds or as milliseconds', () => {
    const limits = {
      claude: {
        fiveHour: { percent: 92, resetsAt: AT / 1000, lastUpdated: ISO },
        weekly: { percent: 0, resetsAt: AT },
        lastUpdated: ISO,
      },
    };
    expect(parseProviderLimits(limits, WRITTEN)).toEqual({
      fiveHour: { percent: 92, resetsAt: AT, readAt: AT },
      weekly: { percent: 0, resetsAt: AT, readAt: AT },
    });
  });

  it("takes the nearest time that is given, and the file's own where none is", () => {
    const window = { percent: 50 };
    const readAt = (limits: unknown) => parseProviderLimits(limits, WRITTEN).fiveHour?.readAt;
    expect(readAt({ claude: { fiveHour: window }, lastUpdated: ISO })).toBe(AT);
    expect(readAt({ claude: { fiveHour: window, lastUpdated: 'soon' } })).toBe(WRITTEN);
    expect(readAt({ claude: { fiveHour: window } })).toBe(WRITTEN);
  });

  it.each([null, -5, Number.NaN, 'soon', {}])('knows no reset from %j', (resetsAt) => {
    const { fiveHour } = parseProviderLimits({ claude: { fiveHour: { percent: 5, resetsAt } } }, WRITTEN);
    expect(fiveHour).toEqual({ percent: 5, resetsAt: null, readAt: WRITTEN });
  });

  it.each([
    undefined,
    null,
    'text',
    5,
    [],
    {},
    { claude: null },
    { claude: { fiveHour: 92 } },
    {
      claude: { fiveHour: { percent: '92' }, weekly: { percent: Number.NaN } },
    },
  ])('finds no reading in %j', (limits) => {
    expect(parseProviderLimits(limits, WRITTEN)).toEqual({ fiveHour: null, weekly: null });
  });
});
