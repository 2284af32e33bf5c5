/** One line for a status bar: the parts of the template that have something to say, as many as the width takes. */
import type { Locale } from '../config/pick-locale.ts';
import type { Band } from '../savings/task-savings.ts';
import { cutToWidth, displayWidth } from './display-width.ts';
import type { Flow, Flows, HudRescue, HudWindow } from './hud-state.ts';
import { type Part, parseTemplate, type SegmentName } from './hud-template.ts';
import { type HudWords, hudWords } from './hud-words.ts';

/** What there is to show; `null`: nobody has said. */
export type HudView = {
  readonly flows: Flows | null;
  readonly mode: string | null;
  readonly windows: readonly HudWindow[];
  readonly fallback: boolean;
  readonly rescue: HudRescue | null;
  readonly running: number;
  readonly waiting: number;
  readonly savedTokens: Band | null;
  readonly failedOpen: boolean;
  /** The last that is known, from somebody who does not answer any more. */
  readonly stale: boolean;
};

export type HudLook = {
  readonly template: string;
  readonly locale: Locale;
  readonly colours: boolean;
  /** `null`: as wide as it gets. */
  readonly columns: number | null;
  readonly warnAt: number;
  readonly threshold: number;
  readonly now: number;
};

type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'dim';
type Shown = { readonly text: string; readonly painted: string };
type Segment = Part & Shown;

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
  dim: [2, 22],
};

/** What is left out first where the width does not take all. */
const DISPENSABLE: readonly SegmentName[] = ['saved', 'mode', 'tasks', 'tokens', 'quota', 'fallback'];
const BAR_CELLS = 8;

export function renderHud(view: HudView, look: HudLook): string {
  const words = hudWords(look.locale);
  const paint = (text: string, colour: Colour) => paintIf(look.colours, text, colour);
  const { parts, after } = parseTemplate(look.template);
  const all = parts.flatMap((part): readonly Segment[] => {
    const shown = show(part.name, view, { look, words, paint });
    return shown === null ? [] : [{ ...part, ...shown }];
  });
  const stale = view.stale
    ? { text: ` (${words.stale})`, painted: paint(` (${words.stale})`, 'dim') }
    : NOTHING;
  const room =
    look.columns === null ? Number.POSITIVE_INFINITY : look.columns - displayWidth(stale.text + after);
  const [first] = parts;
  const segments = keepWhatFits(all, first, room);
  const plain = join(segments, first, 'text');
  if (displayWidth(plain) > room) return cutToWidth(plain, room) + stale.painted;
  const line = join(segments, first, 'painted');
  return `${line}${segments.length === 0 ? '' : after}${stale.painted}`.trimStart();
}

const NOTHING: Shown = { text: '', painted: '' };

/** What stands before the first part of a template belongs to the line; what stands between two does not lead it. */
function join(segments: readonly Segment[], first: Part | undefined, key: 'text' | 'painted'): string {
  const leads = (segment: Segment, at: number) => at === 0 && segment.name !== first?.name;
  return segments.map((segment, at) => (leads(segment, at) ? '' : segment.before) + segment[key]).join('');
}

function keepWhatFits(
  segments: readonly Segment[],
  first: Part | undefined,
  room: number,
): readonly Segment[] {
  let kept = segments;
  for (const name of DISPENSABLE) {
    if (kept.length < 2 || displayWidth(join(kept, first, 'text')) <= room) return kept;
    kept = kept.filter((segment) => segment.name !== name);
  }
  return kept;
}

type Brush = {
  readonly look: HudLook;
  readonly words: HudWords;
  readonly paint: (text: string, colour: Colour) => string;
};

function show(name: SegmentName, view: HudView, brush: Brush): Shown | null {
  const { words, paint } = brush;
  const plain = (text: string, colour?: Colour): Shown | null =>
    text === '' ? null : { text, painted: colour === undefined ? text : paint(text, colour) };
  switch (name) {
    case 'tokens':
      return plain(view.flows === null ? '' : renderFlows(view.flows));
    case 'mode':
      return plain(view.mode ?? '', view.mode === 'off' ? 'dim' : 'cyan');
    case 'quota':
      return renderWindows(view.windows, brush);
    case 'fallback':
      return plain(view.fallback ? words.fallback : '', 'red');
    case 'rescue':
      return plain(view.rescue === null ? '' : renderRescue(view.rescue, brush), 'yellow');
    case 'tasks': {
      const { running, waiting } = view;
      const parts = [
        ...(running > 0 ? [words.running(running)] : []),
        ...(waiting > 0 ? [words.waiting(waiting)] : []),
      ];
      return plain(parts.join(', '), waiting > 0 ? 'yellow' : undefined);
    }
    case 'saved': {
      const { savedTokens } = view;
      return plain(
        savedTokens === null || savedTokens.high <= 0 ? '' : words.saved(renderBand(savedTokens)),
        'green',
      );
    }
    case 'warning':
      return plain(view.failedOpen ? words.failedOpen : '', 'yellow');
  }
}

/** The seed's three are always there; others follow under their names. */
const SEED: readonly (readonly [string, string])[] = [
  ['claude', 'C'],
  ['openai', 'O'],
  ['gemini', 'G'],
];

function renderFlows(flows: Flows): string {
  const others = Object.keys(flows).filter((name) => !SEED.some(([known]) => known === name));
  const named = [...SEED, ...others.sort().map((name) => [name, name] as const)];
  return named.map(([name, label]) => `${label}:${renderFlow(flows[name])}`).join('|');
}

function renderFlow(flow: Flow = { in: 0, out: 0 }): string {
  return `${shortCount(flow.in)}↓ ${shortCount(flow.out)}↑`;
}

function renderRescue({ state, model, until }: HudRescue, { look, words }: Brush): string {
  const left = until === null ? '' : ` ${timeLeft(until - look.now, words)}`;
  return state === 'offered' ? words.rescueOffered : words.rescued(model) + left;
}

function renderBand({ low, high }: Band): string {
  const [from, to] = [Math.max(0, low), high].map(shortCount);
  return from === to ? `~${from}` : `~${from}–${to}`;
}

function renderWindows(windows: readonly HudWindow[], brush: Brush): Shown | null {
  const shown = windows.map((window) => renderWindow(window, brush));
  if (shown.length === 0) return null;
  return {
    text: shown.map(({ text }) => text).join(' '),
    painted: shown.map(({ painted }) => painted).join(' '),
  };
}

function renderWindow({ window, percent, resetsAt }: HudWindow, { look, words, paint }: Brush): Shown {
  const colour = percent >= look.threshold ? 'red' : percent >= look.warnAt ? 'yellow' : 'green';
  const filled = Math.min(BAR_CELLS, Math.max(0, Math.floor((percent / 100) * BAR_CELLS)));
  const bar = '▓'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
  const spent = `${Math.floor(percent)}%`;
  const left = resetsAt === null || resetsAt <= look.now ? '' : ` ${timeLeft(resetsAt - look.now, words)}`;
  return {
    text: `${words[window]} ${bar} ${spent}${left}`,
    painted: `${words[window]} ${paint(bar, colour)} ${paint(spent, colour)}${left === '' ? '' : paint(left, 'dim')}`,
  };
}

function timeLeft(milliseconds: number, words: HudWords): string {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  return words.left(Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60);
}

/** As the seed has it: 567, 1.2k, 165.3k. */
export function shortCount(count: number): string {
  if (count < 1_000) return String(Math.round(count));
  if (count < 999_950) return `${Number((count / 1_000).toFixed(1))}k`;
  return `${Number((count / 1_000_000).toFixed(1))}M`;
}

function paintIf(colours: boolean, text: string, colour: Colour): string {
  const [on, off] = CODES[colour];
  return colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}
