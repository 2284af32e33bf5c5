// Is Claude out, and what has to happen before it is in again?
//
//            a current reading             one at or above the threshold
//   unread ──────────────────► watching ─────────────────────────────► active
//     ▲  ▲                      │    ▲                                  │
//     │  └── none is current ───┘    └──── a way back, see below ───────┤
//     └──────────────────────────────────── and nobody reads any more ──┘
//
// Back only when all of this holds:
//   1. the dwell is over since it began
//   2. the window that tripped is below the release, and every other one below the threshold
//   3. the trip is over (its window has reset) and a later reading of that window confirms it,
//      or the trip is over and nobody has told us anything for a while,
//      or two readings in a row were below the release, and so is every other window
//
// A person's hand lies over all of it: while `manual` is set the machine goes on underneath, and `auto` shows
// what it has come to. Plain values only: the state is written down as it is and survives a restart.

import type { QuotaWindow, WindowReading } from '../quota/reading.ts';

/** The reading that holds the fallback; of several spent windows the one that ends last. */
export type Trip = Pick<WindowReading, 'percent' | 'readAt' | 'resetsAt'> & { readonly window: QuotaWindow };

/** Readings below the release, in a row. */
export type Calm = { readonly count: number; readonly lastReadAt: number };

export type AutoState =
  /** Nobody has told us how much is spent (an API key, a fresh install): never a reason to activate. */
  | { readonly name: 'unread' }
  | { readonly name: 'watching' }
  | { readonly name: 'active'; readonly since: number; readonly trip: Trip; readonly calm: Calm };

export type Manual = { readonly set: 'on' | 'off'; readonly since: number };

export type FallbackState = {
  readonly auto: AutoState;
  readonly manual: Manual | null;
  /** Until when a window has had its suggestion; `null`: it has had none. */
  readonly suggestedUntil: { readonly [W in QuotaWindow]: number | null };
};

export const NO_CALM: Calm = { count: 0, lastReadAt: 0 };

export const INITIAL_FALLBACK: FallbackState = {
  auto: { name: 'unread' },
  manual: null,
  suggestedUntil: { fiveHour: null, weekly: null },
};

export function isActive({ manual, auto }: FallbackState): boolean {
  return manual === null ? auto.name === 'active' : manual.set === 'on';
}
