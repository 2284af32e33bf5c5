// When is Claude's usage page asked again? Seldom: it refuses those who ask often, and a session tells us more.

export type PollOutcome =
  | { readonly kind: 'read' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number | null }
  | { readonly kind: 'unusable' };

export type PollState = { readonly dueAt: number; readonly waitMs: number };

const EVERY_MS = 300_000;
const LONGEST_MS = 3_600_000;

export const FIRST_POLL: PollState = { dueAt: 0, waitMs: EVERY_MS };

/** Any trouble doubles the wait, up to an hour; a wait that was asked for is kept where it is longer. */
export function nextUsagePoll(before: PollState, outcome: PollOutcome, now: number): PollState {
  if (outcome.kind === 'read') return { dueAt: now + EVERY_MS, waitMs: EVERY_MS };
  const waitMs = Math.min(LONGEST_MS, before.waitMs * 2);
  const asked = outcome.kind === 'busy' ? (outcome.retryAfterMs ?? 0) : 0;
  return { dueAt: now + Math.max(waitMs, asked), waitMs };
}
