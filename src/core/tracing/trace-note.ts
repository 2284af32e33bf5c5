// What is written down on the way of one call, each with its moment.
import type { EngineEvent, ServerShare, TokenUsage } from '../delegation/engine.ts';
import type { Decision, Target } from '../routing/decision.ts';

export type TracedCall = {
  readonly id: string;
  readonly at: number;
  readonly sessionId: string | null;
  readonly toolUseId: string | null;
  readonly runId: string | null;
  /** Who asked: the mod, the hook, the command line. */
  readonly via: string;
};

export type TraceNote = { readonly at: number } & (
  | {
      readonly kind: 'decided';
      readonly decision: Decision;
      /** Of a lead: another model answers in Claude's place since, and until the reset where it is known. */
      readonly rescue?: { readonly since: number; readonly until: number | null };
    }
  /** A session is asked for; it may have to wait for a server. */
  | { readonly kind: 'opening'; readonly target: Target }
  | { readonly kind: 'opened'; readonly strategy: string; readonly server: ServerShare | null }
  | { readonly kind: 'event'; readonly event: EngineEvent }
  /** `failure`: the code. */
  | { readonly kind: 'attempt-ended'; readonly failure: string | null }
  /** One request of a subagent that keeps Claude Code's tools; whether it was an answer says `failure`. */
  | {
      readonly kind: 'answered';
      readonly target: Target;
      readonly since: number;
      readonly tokens: TokenUsage;
      readonly failure: string | null;
    }
  | { readonly kind: 'ended'; readonly failure: string | null; readonly used: Used }
);

export type Used = {
  readonly provider: string;
  readonly model: string;
  readonly tokens: TokenUsage;
  readonly costUsd: number;
};

/** What was asked and answered: only where the user wants it exported. */
export type TracedContent = { readonly prompt: string; readonly report: string };
