/** One session of Claude Code, as it was watched. */
import type { LoggedDecision } from './logged-decision.ts';
import type { ObservedCall, TimedEvent } from './observe-calls.ts';

export type SessionEnd = { readonly ok: true } | { readonly ok: false; readonly detail: string };

export type Session = {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly end: SessionEnd;
  readonly events: readonly TimedEvent[];
  readonly calls: readonly ObservedCall[];
  readonly decisions: readonly LoggedDecision[];
};
