import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutGraphemes } from '../../src/core/context/cut-graphemes.ts';
import { fitContext } from '../../src/core/context/fit-context.ts';
import { parseDocument } from '../../src/core/context/parse-document.ts';
import { renderBrief } from '../../src/core/context/render-brief.ts';
import { renderDocument } from '../../src/core/context/render-document.ts';
import { parseContext, serialiseContext } from '../../src/core/context/serialise-context.ts';
import type { WorkContext } from '../../src/core/context/work-context.ts';
import { workContexts } from './context-arbitraries.ts';

const styles = fc.record({
  locale: fc.constantFrom('en', 'ko' as const),
  offsetMinutes: fc.integer({ min: -14 * 60, max: 14 * 60 }),
});
const limits = fc.integer({ min: 600, max: 1_500 });
const STYLE = { locale: 'ko', offsetMinutes: 540 } as const;
const measure = (context: WorkContext) => renderDocument(context, STYLE).length;

/** What may be left out, what goes first being last. */
const inOrder = ({ task, todos, decisions, files, delegated }: WorkContext): readonly unknown[] => [
  ...task.goals,
  ...task.constraints,
  ...todos.inProgress,
  ...todos.pending,
  ...decisions,
  ...files.changed,
  ...delegated,
  ...files.referenced,
  ...todos.completed,
  ...(task.summary === '' ? [] : [task.summary]),
];

describe('a context', () => {
  it('comes back from its document as it was, in either language', () => {
    fc.assert(
      fc.property(workContexts, styles, (context, style) => {
        expect(parseDocument(renderDocument(context, style))).toEqual(context);
      }),
    );
  });

  it('comes back from JSON as it was', () => {
    fc.assert(
      fc.property(workContexts, (context) => {
        const parsed = parseContext(JSON.parse(JSON.stringify(serialiseContext(context))));
        expect(parsed).toEqual({ ok: true, context });
      }),
    );
  });

  it('is never guessed at: what is no context, or a newer one, is refused', () => {
    fc.assert(fc.property(fc.anything(), (raw) => void parseContext(raw)));
    expect(parseContext({})).toEqual({ ok: false, reason: 'not-a-context' });
    expect(parseContext({ version: 2 })).toEqual({ ok: false, reason: 'newer-version' });
    expect(parseContext({ version: 1 })).toMatchObject({ ok: true });
    expect(parseDocument('# Something else')).toBeNull();
  });

  it('fitted is never longer than the limit, in whatever characters are counted', () => {
    fc.assert(
      fc.property(workContexts, limits, (context, limit) => {
        const document = renderDocument(fitContext(context, limit, measure), STYLE);
        expect(document.length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('loses what counts least: nothing is kept after something that was left out', () => {
    fc.assert(
      fc.property(workContexts, limits, (context, limit) => {
        const kept = inOrder(fitContext(context, limit, measure));
        expect(kept).toEqual(inOrder(context).slice(0, kept.length));
      }),
    );
  });

  it('loses nothing where there is room', () => {
    fc.assert(
      fc.property(workContexts, (context) => {
        expect(fitContext(context, measure(context), measure)).toEqual(context);
      }),
    );
  });

  it('is really cut short by these limits, most of the time', () => {
    const cut = fc.sample(fc.tuple(workContexts, limits), { numRuns: 200, seed: 1 });
    expect(cut.filter(([context, limit]) => measure(context) > limit).length).toBeGreaterThan(100);
  });

  it('as a brief fits as well', () => {
    fc.assert(
      fc.property(workContexts, limits, (context, limit) => {
        const brief = renderBrief(fitContext(context, limit, (part) => renderBrief(part).length));
        expect(brief.length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('a cut', () => {
  const graphemes = (text: string) =>
    [...new Intl.Segmenter('und').segment(text)].map(({ segment }) => segment);

  it('falls between characters as people see them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(60), (text, units) => {
        const cut = cutGraphemes(text, units);
        expect(cut.length).toBeLessThanOrEqual(Math.max(units, text.length <= units ? text.length : 0));
        if (cut === text) return;
        const kept = cut.replace(/…$/, '');
        const whole = graphemes(text);
        const boundaries = whole.map((_, index) => whole.slice(0, index).join('').trimEnd());
        expect(boundaries).toContain(kept);
      }),
    );
  });

  it.each([
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 13, '👨‍👩‍👧‍👦…'],
    ['한국어', 3, '한국어'],
    ['\u1112\u1161\u11ab\u1100\u116e\u11a8', 5, '\u1112\u1161\u11ab…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
  ])('%s to %i', (text, units, cut) => {
    expect(cutGraphemes(text, units)).toBe(cut);
  });
});
