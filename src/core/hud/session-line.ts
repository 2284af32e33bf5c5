/** The line of one session: what the daemon knows, with the reading that Claude Code has just given. */
import type { Locale } from '../config/pick-locale.ts';
import type { HudRescue, HudState, HudWindow } from './hud-state.ts';
import { PRESETS } from './hud-template.ts';
import { type HudView, renderHud } from './render-hud.ts';
import type { ToldWindow } from './told-windows.ts';

export type SessionLine = {
  /** `null`: no daemon has left anything. */
  readonly state: HudState | null;
  readonly sessionId: string;
  readonly told: readonly ToldWindow[];
  /** The daemon, that is. */
  readonly isAlive: boolean;
  /** What the daemon has said to that reading; `null` where it was not asked. */
  readonly fallback: boolean | null;
  /** Whether this moment lies in the day that is now. */
  readonly isToday: (at: number) => boolean;
  readonly now: number;
};

export type LineLook = {
  /** Where the daemon has left none. */
  readonly locale: Locale;
  readonly colours: boolean;
  /** Of the whole terminal, as Claude Code tells them. */
  readonly columns: number | null;
};

/** Claude Code (2.1.330) leaves two columns free on either side, and cuts what is longer. */
const MARGINS = 4;

/** A call that went to Claude because of us is shown for so long. */
const WARN_FOR_MS = 60 * 60_000;

export function renderSessionLine(line: SessionLine, { locale, colours, columns }: LineLook): string {
  const { state, now } = line;
  const settings = state?.settings;
  const text = renderHud(viewOf(line), {
    template: settings?.template || PRESETS.full,
    locale: settings?.locale ?? locale,
    warnAt: settings?.warnAt ?? 70,
    threshold: settings?.threshold ?? 90,
    now,
    colours,
    columns: columns === null ? null : Math.max(1, columns - MARGINS),
  });
  return text || 'OMCM';
}

function viewOf({ state, sessionId, told, isAlive, fallback, isToday, now }: SessionLine): HudView {
  return {
    flows: state?.sessions[sessionId] ?? null,
    mode: state?.sessionModes[sessionId] ?? state?.mode ?? null,
    windows:
      told.length > 0 ? told.map(({ kind: _, ...window }) => window) : fresh(state?.windows ?? [], now),
    fallback: fallback ?? state?.fallback ?? false,
    rescue: lasting(state?.rescues[sessionId], now),
    running: isAlive ? (state?.running ?? 0) : 0,
    waiting: isAlive ? (state?.waiting ?? 0) : 0,
    savedTokens: state === null || !isToday(state.saved.since) ? null : state.saved.tokens,
    failedOpen: state !== null && state.failedOpenAt !== null && now - state.failedOpenAt < WARN_FOR_MS,
    stale: state !== null && !isAlive,
  };
}

function lasting(rescue: HudRescue | undefined, now: number): HudRescue | null {
  return rescue === undefined || (rescue.until !== null && rescue.until <= now) ? null : rescue;
}

/** One that has reset says nothing any more. */
function fresh(windows: readonly HudWindow[], now: number): readonly HudWindow[] {
  return windows.filter(({ resetsAt }) => resetsAt === null || resetsAt > now);
}
