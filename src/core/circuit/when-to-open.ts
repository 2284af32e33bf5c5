// Which failures speak against a provider's model, how many of them in a row, and how long does it rest then?

import { backoffMs } from '../backoff.ts';
import type { FailureCode } from '../delegation/failure.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Rest = {
  /** So many in a row open the circuit. */
  readonly after: number;
  readonly baseMs: number;
  readonly capMs: number;
};

/** `null`: says nothing about the provider. The compiler asks for a line when a code is added. */
const RESTS: { readonly [C in FailureCode]: Rest | null } = {
  'provider-rate-limited': { after: 1, baseMs: 15 * SECOND, capMs: 15 * MINUTE },
  'provider-quota-exhausted': { after: 1, baseMs: 10 * MINUTE, capMs: 4 * HOUR },
  'provider-unavailable': { after: 1, baseMs: 10 * SECOND, capMs: 5 * MINUTE },
  // Somebody has to mend it by hand.
  'provider-refused-key': { after: 1, baseMs: 30 * MINUTE, capMs: 4 * HOUR },
  'model-not-found': { after: 1, baseMs: 30 * MINUTE, capMs: 4 * HOUR },
  // Each attempt costs the whole of the stall timeout.
  'provider-silent': { after: 1, baseMs: MINUTE, capMs: 10 * MINUTE },
  // Either may be the fault of one prompt.
  'provider-garbage': { after: 2, baseMs: 30 * SECOND, capMs: 10 * MINUTE },
  'provider-error': { after: 3, baseMs: 30 * SECOND, capMs: 10 * MINUTE },
  // OpenCode can ask it all the same.
  'no-direct-access': null,
  'context-overflow': null,
  'opencode-not-installed': null,
  'server-start-failed': null,
  'server-refused': null,
  'server-died': null,
  'pool-full': null,
  'deadline-exceeded': null,
  'over-budget': null,
  cancelled: null,
  stopped: null,
  'directory-missing': null,
  'not-trusted': null,
  draining: null,
  internal: null,
};

/** A subscription may say that it comes back in days; it is asked again after one. */
export const LONGEST_REST_MS = 24 * HOUR;
const SHORTEST_REST_MS = SECOND;

/** Failures further apart are not "in a row", and an opening so long ago does not lengthen the next rest. */
export const FORGET_AFTER_MS = HOUR;

/** How many failures in a row open a circuit; `null`: this one says nothing about the provider. */
export function failuresToOpen(code: FailureCode): number | null {
  return RESTS[code]?.after ?? null;
}

export type Opening = {
  readonly code: FailureCode;
  readonly times: number;
  readonly retryAfterMs?: number | undefined;
};

/** What the provider asks for wins, within bounds. */
export function restMs({ code, times, retryAfterMs }: Opening): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0) {
    return Math.min(Math.max(retryAfterMs, SHORTEST_REST_MS), LONGEST_REST_MS);
  }
  const rest = RESTS[code];
  return rest === null ? 0 : backoffMs(times, { baseMs: rest.baseMs, factor: 2, capMs: rest.capMs });
}

export function isFailureCode(value: unknown): value is FailureCode {
  return typeof value === 'string' && Object.hasOwn(RESTS, value);
}
