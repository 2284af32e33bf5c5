import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitResult, headLength } from '../../src/core/delegation/fit-result.ts';
import {
  advanceReport,
  EMPTY_REPORT,
  finishReport,
  type ReportEvent,
} from '../../src/core/delegation/report-stream.ts';

const markdown = fc
  .array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('# Title', '## 한국어 😀', '```', 'text\n\n')),
  )
  .map((lines) => lines.join('\n'));
const long = fc.tuple(markdown, fc.integer({ min: 1, max: 60 })).map(([text, times]) => text.repeat(times));

describe('a fitted result', () => {
  it('is never longer than the limit, and whole exactly when it fits', () => {
    fc.assert(
      fc.property(long, fc.nat(4_000), fc.option(fc.string()), (text, limit, path) => {
        const fitted = fitResult(text, limit, path);
        expect(fitted.text.length).toBeLessThanOrEqual(limit);
        expect(fitted.whole).toBe(text.length <= limit);
        if (fitted.whole) expect(fitted.text).toBe(text);
      }),
    );
  });

  it('never holds half a character', () => {
    fc.assert(
      fc.property(long, fc.nat(500), (text, limit) => {
        expect(fitResult(text, limit, '/tmp/😀.md').text).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('begins and ends as the text does, and counts what is missing', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 3_000, size: 'max', maxLength: 6_000 }),
        fc.integer({ min: 100, max: 2_900 }),
        (text, limit) => {
          const fitted = fitResult(text, limit, null);
          const kept = text.length - fitted.leftOut;
          const head = Math.floor(kept / 2);
          expect(fitted.text.startsWith(text.slice(0, head))).toBe(true);
          expect(fitted.text.endsWith(text.slice(text.length - Math.floor(kept / 4)))).toBe(true);
        },
      ),
    );
  });

  it('keeps the head that was handed out while the text grew', () => {
    fc.assert(
      fc.property(long, fc.nat(2_000), fc.double({ min: 0, max: 1, noNaN: true }), (text, limit, part) => {
        const soFar = text.slice(0, Math.floor(text.length * part));
        const handedOut = soFar.slice(0, headLength(soFar, limit));
        expect(fitResult(text, limit, null).text.startsWith(handedOut)).toBe(true);
      }),
    );
  });

  it('survives any limit', () => {
    fc.assert(
      fc.property(fc.string(), fc.double(), (text, limit) => {
        expect(fitResult(text, limit, null).text.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

type Step = { readonly deltas: readonly string[]; readonly finish: string };

const delta = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constantFrom('x'.repeat(150), ' ', '\n'),
);
const step = (finish: fc.Arbitrary<string>): fc.Arbitrary<Step> =>
  fc.record({ deltas: fc.array(delta, { maxLength: 8 }), finish });
const toolSteps = fc.array(step(fc.constant('tool-calls')), { maxLength: 5 });

function stream(steps: readonly Step[]): string {
  let state = EMPTY_REPORT;
  let report = '';
  const events = steps.flatMap(({ deltas, finish }, i): ReportEvent[] => [
    ...deltas.map((each) => ({ kind: 'text' as const, step: i, delta: each })),
    { kind: 'step-ended', finish },
  ]);
  for (const event of events) {
    const next = advanceReport(state, event);
    state = next.state;
    report += next.emit;
  }
  return report + finishReport(state);
}

/** The whole rule, told with hindsight. */
function expectReport(steps: readonly Step[]): string {
  const said = steps.map(({ deltas, finish }) => ({ text: deltas.join(''), final: finish !== 'tool-calls' }));
  const spoken = said.filter(({ text }) => text.trim() !== '');
  const kept = spoken.filter(({ text, final }) => final || text.length > 400);
  const report = kept.length > 0 ? kept : spoken.slice(-1);
  return report.map(({ text }) => text).join('\n\n');
}

describe('a streamed report', () => {
  it('is, piece by piece, what one would choose with all the text at hand', () => {
    fc.assert(
      fc.property(
        toolSteps,
        fc.option(step(fc.constantFrom('stop', 'length', 'unknown'))),
        (before, last) => {
          const steps = last ? [...before, last] : before;
          // A blank beginning of more than 400 characters is held until a word follows, or not at all.
          fc.pre(
            steps.every(
              ({ deltas }) => deltas.join('').trimStart().length > 400 || deltas.join('').length <= 400,
            ),
          );
          expect(stream(steps)).toBe(expectReport(steps));
        },
      ),
    );
  });

  it('is never silent when something was said', () => {
    fc.assert(
      fc.property(fc.array(step(fc.string())), (steps) => {
        const said = steps.some(({ deltas }) => deltas.join('').trim() !== '');
        expect(stream(steps) !== '').toBe(said);
      }),
    );
  });
});
