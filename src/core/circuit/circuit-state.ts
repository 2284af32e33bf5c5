// Is a provider's model fit to be asked, and what is known about it as long as that holds?
//
//            failures enough (when-to-open.ts)              the rest is over, and somebody begins a probe
//   closed ────────────────────────────────────► open ──────────────────────────────────────────► half-open
//     ▲  └─ fewer: counted, soon forgotten        ▲  ▲                                              │ │ │
//     │                                           │  └── the probe ended without a verdict: due ────┘ │ │
//     │                                           └───── the probe failed: a longer rest ─────────────┘ │
//     └───────────────── the probe succeeded; or a success once the rest is over ───────────────────────┘
//
// A probe has a lease: one that never ends makes way for the next. A circuit that nobody has written down is
// closed without failures. Every deadline has its beginning beside it: when the clock shows an earlier time than
// the beginning, it was turned back, and the deadline no longer counts.

import type { FailureCode } from '../delegation/failure.ts';

export type Circuit =
  | {
      readonly name: 'closed';
      /** In a row, the last of them at `since`. */
      readonly failures: number;
      readonly since: number;
    }
  | ({ readonly name: 'open'; readonly since: number; readonly until: number } & Trouble)
  /** One probe is on its way; `until` is the end of its lease. */
  | ({ readonly name: 'half-open'; readonly since: number; readonly until: number } & Trouble);

export type Trouble = {
  readonly code: FailureCode;
  /** How often it opened, without a success in between. */
  readonly times: number;
  /** The machine of the team that found it out; left out: this one. */
  readonly from?: string | undefined;
};

/** By key: `provider/model`, or whatever the caller tells apart. Plain values that survive a trip through JSON. */
export type Circuits = Readonly<Record<string, Circuit>>;

export const NO_CIRCUITS: Circuits = {};

export function findCircuit(circuits: Circuits, key: string): Circuit | null {
  return Object.hasOwn(circuits, key) ? (circuits[key] ?? null) : null;
}

export function setCircuit(circuits: Circuits, key: string, circuit: Circuit): Circuits {
  return { ...circuits, [key]: circuit };
}

export function removeCircuit(circuits: Circuits, key: string): Circuits {
  if (!Object.hasOwn(circuits, key)) return circuits;
  const { [key]: _, ...rest } = circuits;
  return rest;
}

/** A deadline holds between its beginning and its end, so that a clock turned back cannot prolong it. */
export function isRunning({ since, until }: { since: number; until: number }, now: number): boolean {
  return since <= now && now < until;
}
