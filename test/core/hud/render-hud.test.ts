import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToWidth, displayWidth } from '../../../src/core/hud/display-width.ts';
import { parseHudState } from '../../../src/core/hud/hud-state.ts';
import { PRESETS } from '../../../src/core/hud/hud-template.ts';
import { type HudLook, type HudView, renderHud, shortCount } from '../../../src/core/hud/render-hud.ts';

const NOW = Date.UTC(2026, 0, 28, 12);
const VIEW: HudView = {
  flows: {
    claude: { in: 1_200, out: 567 },
    openai: { in: 25_800, out: 9 },
    gemini: { in: 165_300, out: 1_400 },
  },
  mode: 'fusion',
  windows: [
    { window: 'fiveHour', percent: 42.9, resetsAt: NOW + 2 * 3_600_000 + 5 * 60_000 },
    { window: 'weekly', percent: 92, resetsAt: NOW + 3 * 86_400_000 },
  ],
  fallback: true,
  rescue: { state: 'answering', model: 'GPT-5.2', until: NOW + 2 * 3_600_000 },
  running: 2,
  waiting: 1,
  savedTokens: { low: 9_500, high: 11_600 },
  failedOpen: true,
  stale: false,
};
const LOOK: HudLook = {
  template: PRESETS.full,
  locale: 'en',
  colours: false,
  columns: null,
  warnAt: 70,
  threshold: 90,
  now: NOW,
};
const NOTHING: HudView = {
  flows: null,
  mode: null,
  windows: [],
  fallback: false,
  rescue: null,
  running: 0,
  waiting: 0,
  savedTokens: null,
  failedOpen: false,
  stale: false,
};

describe('the status line', () => {
  it("is the seed's, to the letter", () => {
    expect(renderHud(VIEW, { ...LOOK, template: PRESETS.seed })).toBe(
      'C:1.2k↓ 567↑|O:25.8k↓ 9↑|G:165.3k↓ 1.4k↑',
    );
  });

  it('names further providers after the three', () => {
    const flows = { mistral: { in: 5, out: 6 }, claude: { in: 1, out: 2 } };
    expect(renderHud({ ...VIEW, flows }, { ...LOOK, template: PRESETS.seed })).toBe(
      'C:1↓ 2↑|O:0↓ 0↑|G:0↓ 0↑|mistral:5↓ 6↑',
    );
  });

  it('says everything there is, in order', () => {
    expect(renderHud(VIEW, LOOK)).toBe(
      'C:1.2k↓ 567↑|O:25.8k↓ 9↑|G:165.3k↓ 1.4k↑ · fusion · 5h ▓▓▓░░░░░ 42% 2h5m 7d ▓▓▓▓▓▓▓░ 92% 3d0h · fallback · GPT-5.2 for Claude 2h0m · 2 running, 1 waiting · ~9.5k–11.6k saved today · ! failed open',
    );
  });

  it('speaks Korean, and says that it is not from now', () => {
    const view = { ...VIEW, flows: null, windows: [], stale: true };
    expect(renderHud(view, { ...LOOK, locale: 'ko' })).toBe(
      'fusion · 폴백 · Claude 대신 GPT-5.2 2시간0분 · 실행 2, 대기 1 · 오늘 ~9.5k–11.6k 절약 · ! 우회됨 (오래됨)',
    );
  });

  it('says how another model may go on where Claude is spent', () => {
    const rescue = { ...VIEW.rescue, state: 'offered', model: 'GPT-5.2', until: null } as const;
    expect(renderHud({ ...NOTHING, rescue }, LOOK)).toBe('Claude is spent: type "rescue on"');
  });

  it('leaves out what has nothing to say, with what stands before it', () => {
    expect(renderHud(NOTHING, LOOK)).toBe('');
    const template = 'OMCM {quota} | {fallback} [{mode}] {none}';
    expect(renderHud({ ...NOTHING, fallback: true }, { ...LOOK, template })).toBe('fallback] {none}');
    expect(renderHud(VIEW, { ...LOOK, template: 'OMCM {mode}!' })).toBe('OMCM fusion!');
  });

  it('colours by meaning', () => {
    const painted = renderHud(VIEW, { ...LOOK, template: '{quota} {fallback}', colours: true });
    expect(painted).toContain('\u001b[32m42%\u001b[39m');
    expect(painted).toContain('\u001b[31m92%\u001b[39m');
    expect(painted).toContain('\u001b[31mfallback\u001b[39m');
  });

  it.each([
    [200, /saved today · ! failed open$/],
    [120, /^C:.* · 5h .* · fallback · .*failed open$/],
    [80, /^5h .* · fallback · ! failed open$/],
    [40, /^fallback · ! failed open$/],
    [10, /^! failed…$/],
  ])('gives up what matters least in %i columns', (columns, expected) => {
    const line = renderHud({ ...VIEW, rescue: null }, { ...LOOK, columns });
    expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    expect(line).toMatch(expected);
  });

  it('says who answers in Claude’s place as long as there is room for anything', () => {
    expect(renderHud(VIEW, { ...LOOK, columns: 42 })).toBe('GPT-5.2 for Claude 2h0m · ! failed open');
  });

  it('never takes more columns than there are, in either language, with or without colours', () => {
    const amount = fc.integer({ min: 0, max: 5_000_000 });
    const flow = fc.record({ in: amount, out: amount });
    const name = fc.constantFrom('claude', 'openai', '모델', 'x');
    const view: fc.Arbitrary<HudView> = fc.record({
      flows: fc.option(fc.dictionary(name, flow)),
      mode: fc.constantFrom(null, 'fusion', 'off'),
      windows: fc.constantFrom([], VIEW.windows),
      fallback: fc.boolean(),
      rescue: fc.constantFrom(null, VIEW.rescue),
      running: fc.nat(3),
      waiting: fc.nat(3),
      savedTokens: fc.constantFrom(null, VIEW.savedTokens),
      failedOpen: fc.boolean(),
      stale: fc.boolean(),
    });
    const template = fc.constantFrom(...Object.values(PRESETS), '한글 {mode} ✅ {quota}{saved} 끝');
    const widths = fc.integer({ min: 20, max: 220 });
    fc.assert(
      fc.property(
        view,
        template,
        widths,
        fc.boolean(),
        fc.constantFrom('en', 'ko'),
        (shown, text, columns, colours, locale) => {
          const line = renderHud(shown, { ...LOOK, template: text, columns, colours, locale });
          expect(displayWidth(line)).toBeLessThanOrEqual(columns);
          expect(colours || !line.includes('\u001b')).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['안녕', 4],
    ['한 a', 4],
    ['👋🏽', 2],
    ['👨‍👩‍👧', 2],
    ['é', 1],
    ['↓↑▓░·', 5],
    ['\u001b[31mred\u001b[39m', 3],
    ['', 0],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('is kept when it is cut, and no letter is halved', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, columns) => {
        expect(displayWidth(cutToWidth(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
    expect(cutToWidth('안녕하세요', 6)).toBe('안녕…');
  });
});

it.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1k'],
  [165_349, '165.3k'],
  [999_949, '999.9k'],
  [999_950, '1M'],
  [3_440_000, '3.4M'],
])('%i tokens are written %s', (count, text) => {
  expect(shortCount(count)).toBe(text);
});

it.each([null, 'text', 5, {}, { pid: 'x' }])('a file with %j in it says nothing', (value) => {
  expect(parseHudState(value)).toBeNull();
});
