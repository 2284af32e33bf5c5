// What the daemon leaves in a file for status lines, so that they need not ask it.
import type { Locale } from '../config/pick-locale.ts';
import type { Band } from '../savings/task-savings.ts';

/** Tokens in and out, cached ones and reasoning among them. */
export type Flow = { readonly in: number; readonly out: number };

/** By canonical provider name. */
export type Flows = Readonly<Record<string, Flow>>;

export type HudWindow = {
  readonly window: 'fiveHour' | 'weekly';
  readonly percent: number;
  /** Milliseconds since the epoch, here and below. */
  readonly resetsAt: number | null;
};

/** Another model answers a session in Claude's place, or could. */
export type HudRescue = {
  readonly state: 'offered' | 'answering';
  readonly model: string;
  readonly until: number | null;
};

export type HudSettings = {
  readonly template: string;
  readonly locale: Locale;
  readonly warnAt: number;
  readonly threshold: number;
  /** The status line that the user had before; empty: none. */
  readonly wrap: string;
};

/** The daemon writes it as often, also where nothing is new: one that does not hangs, or is gone. */
export const HUD_WRITTEN_EVERY_MS = 5_000;

export type HudState = {
  readonly pid: number;
  readonly settings: HudSettings;
  /** `off`: nothing is routed. */
  readonly mode: string;
  /** What single sessions have asked for instead. */
  readonly sessionModes: Readonly<Record<string, string>>;
  readonly fallback: boolean;
  /** By Claude Code's session. */
  readonly rescues: Readonly<Record<string, HudRescue>>;
  readonly running: number;
  readonly waiting: number;
  readonly windows: readonly HudWindow[];
  /** Since the beginning of this day. */
  readonly saved: { readonly since: number; readonly tokens: Band };
  readonly failedOpenAt: number | null;
  /** By Claude Code's session; the last ones only. */
  readonly sessions: Readonly<Record<string, Flows>>;
};

/** Ours alone writes it, but an older or a newer OMCM may have: what is not there is as if nothing had happened. */
export function parseHudState(value: unknown): HudState | null {
  const state = objectOf(value);
  const { settings, saved, windows, sessions } = state;
  if (typeof state.pid !== 'number') return null;
  const { template, locale, warnAt, threshold, wrap } = objectOf(settings);
  const { since, tokens } = objectOf(saved);
  return {
    pid: state.pid,
    settings: {
      template: textOf(template),
      locale: locale === 'ko' ? 'ko' : 'en',
      warnAt: numberOf(warnAt, 70),
      threshold: numberOf(threshold, 90),
      wrap: textOf(wrap),
    },
    mode: textOf(state.mode),
    sessionModes: objectOf(state.sessionModes) as HudState['sessionModes'],
    fallback: state.fallback === true,
    rescues: objectOf(state.rescues) as HudState['rescues'],
    running: numberOf(state.running, 0),
    waiting: numberOf(state.waiting, 0),
    windows: Array.isArray(windows) ? (windows as HudWindow[]) : [],
    saved: { since: numberOf(since, 0), tokens: bandOf(tokens) },
    failedOpenAt: typeof state.failedOpenAt === 'number' ? state.failedOpenAt : null,
    sessions: objectOf(sessions) as HudState['sessions'],
  };
}

type Unknown = { readonly [key: string]: unknown };

function objectOf(value: unknown): Unknown {
  return typeof value === 'object' && value !== null ? (value as Unknown) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function bandOf(value: unknown): Band {
  const { low, high } = objectOf(value);
  return { low: numberOf(low, 0), high: numberOf(high, 0) };
}
