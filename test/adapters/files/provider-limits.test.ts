import { readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  NO_LIMITS,
  parseProviderLimits,
  providerLimitsSpec,
  serialiseProviderLimits,
} from '../../../src/adapters/files/provider-limits.ts';
import { readStateFile, updateStateFile } from '../../../src/adapters/files/state-file.ts';
import { NO_READINGS, type WindowReading } from '../../../src/core/quota/reading.ts';
import { makeTempFolder } from './temp-folder.ts';

const WRITTEN_AT = Date.UTC(2026, 0, 28, 12);
const parseWindow = (fiveHour: unknown) => parseProviderLimits({ claude: { fiveHour } }, WRITTEN_AT);

describe('provider-limits.json', () => {
  it('gives the readings of both windows, with the nearest time that is told', () => {
    const { value, problems } = parseProviderLimits(
      {
        claude: {
          fiveHour: { percent: 92.5, resetsAt: '2026-01-28T15:00:00Z', lastUpdated: '2026-01-28T11:00:00Z' },
          weekly: { percent: 67, resetsAt: 1_769_900_000 },
          lastUpdated: '2026-01-28T10:00:00Z',
        },
        openai: { weekly: { percent: 5 } },
        lastUpdated: '2026-01-28T09:00:00Z',
      },
      WRITTEN_AT,
    );
    expect(problems).toEqual([]);
    expect(value.claude).toEqual({
      fiveHour: { percent: 92.5, resetsAt: Date.UTC(2026, 0, 28, 15), readAt: Date.UTC(2026, 0, 28, 11) },
      weekly: { percent: 67, resetsAt: 1_769_900_000_000, readAt: Date.UTC(2026, 0, 28, 10) },
    });
    expect(value.openai?.weekly).toEqual({ percent: 5, resetsAt: null, readAt: Date.UTC(2026, 0, 28, 9) });
  });

  it('counts as read when the file was written where it tells no time', async () => {
    const file = path.join(await makeTempFolder(), 'provider-limits.json');
    await writeFile(file, '{"claude":{"fiveHour":{"percent":50}}}');
    await utimes(file, WRITTEN_AT / 1000, WRITTEN_AT / 1000);
    expect(await readStateFile(providerLimitsSpec(file))).toMatchObject({
      value: { claude: { fiveHour: { percent: 50, readAt: WRITTEN_AT }, weekly: null } },
    });
  });

  it.each([
    ['2026-01-28T15:00:00+09:00', Date.UTC(2026, 0, 28, 6)],
    ['2026-01-28', Date.UTC(2026, 0, 28)],
    [1_769_612_400, 1_769_612_400_000],
    [1_769_612_400_000, 1_769_612_400_000],
    [1_769_612_400.25, 1_769_612_400_250],
    ['1769612400', 1_769_612_400_000],
  ])('reads the time %j', (resetsAt, milliseconds) => {
    const { value, problems } = parseWindow({ percent: 1, resetsAt });
    expect(value.claude.fiveHour?.resetsAt).toBe(milliseconds);
    expect(problems).toEqual([]);
  });

  it.each(['soon', '5', 'March 7', '2026-99-99', -1, 0, 5, 1e300, true, {}])(
    'does not take %j for a time, and says so',
    (resetsAt) => {
      const { value, problems } = parseWindow({ percent: 1, resetsAt });
      expect(value.claude.fiveHour).toEqual({ percent: 1, resetsAt: null, readAt: WRITTEN_AT });
      expect(problems.map(({ keyPath }) => keyPath)).toEqual(['claude.fiveHour.resetsAt']);
    },
  );

  it.each([101, 250.5, Number.POSITIVE_INFINITY])('counts a percent of %j as 100', (percent) => {
    const { value, problems } = parseWindow({ percent });
    expect(value.claude.fiveHour?.percent).toBe(100);
    expect(problems).toEqual([]);
  });

  it.each([-1, '92', true, Number.NaN, {}])(
    'takes a percent of %j for no reading, and says so',
    (percent) => {
      const { value, problems } = parseWindow({ percent });
      expect(value.claude.fiveHour).toBeNull();
      expect(problems.map(({ keyPath }) => keyPath)).toEqual(['claude.fiveHour.percent']);
    },
  );

  it.each([undefined, null, {}, { percent: null }])(
    'knows %j for a window that nobody has measured',
    (window) => {
      expect(parseWindow(window)).toEqual({ value: { claude: NO_READINGS }, problems: [] });
    },
  );

  it('takes the fresher reading where two tools name one provider differently', () => {
    const { value } = parseProviderLimits(
      {
        anthropic: { fiveHour: { percent: 80, lastUpdated: '2026-01-28T11:00:00Z' } },
        claude: {
          fiveHour: { percent: 40, lastUpdated: '2026-01-28T10:00:00Z' },
          weekly: { percent: 7, lastUpdated: '2026-01-28T10:00:00Z' },
        },
        google: { weekly: { percent: 3 } },
      },
      WRITTEN_AT,
    );
    expect(value.claude).toMatchObject({ fiveHour: { percent: 80 }, weekly: { percent: 7 } });
    expect(Object.keys(value).sort()).toEqual(['claude', 'gemini']);
  });

  it("keeps an earlier OMCM's entries when it is written", async () => {
    const file = path.join(await makeTempFolder(), 'provider-limits.json');
    await writeFile(
      file,
      '{"claude":{"fiveHour":{"used":3,"limit":100,"percent":3}},"gemini":{"tier":"free","rpm":{"used":1}}}',
    );
    await updateStateFile(providerLimitsSpec(file), (limits) => limits ?? NO_LIMITS);
    const written: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(written).toMatchObject({
      claude: { fiveHour: { used: 3, limit: 100, percent: 3 }, weekly: null },
    });
    expect(written).toHaveProperty('gemini', { tier: 'free', rpm: { used: 1 } });
  });

  it('reads back what it wrote', () => {
    const time = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });
    const reading: fc.Arbitrary<WindowReading> = fc.record({
      percent: fc.double({ min: 0, max: 100, noNaN: true }),
      resetsAt: fc.option(time),
      readAt: time,
    });
    const readings = fc.record({ fiveHour: fc.option(reading), weekly: fc.option(reading) });
    fc.assert(
      fc.property(readings, readings, (claude, openai) => {
        const written: unknown = JSON.parse(JSON.stringify(serialiseProviderLimits({ claude, openai })));
        const { value, problems } = parseProviderLimits(written as Record<string, unknown>, WRITTEN_AT);
        // JSON has no negative zero.
        expect(JSON.stringify(value)).toBe(JSON.stringify({ claude, openai }));
        expect(problems).toEqual([]);
      }),
    );
  });

  it('never throws, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('claude', 'openai', 'lastUpdated', '__proto__'), fc.jsonValue()),
        (raw) => {
          const { value } = parseProviderLimits(raw, WRITTEN_AT);
          expect(Object.keys(value.claude)).toEqual(['fiveHour', 'weekly']);
        },
      ),
    );
  });
});
