/**
 * The port between routing and whatever does the work.
 * A task is a stream of events, not one prompt and one answer, so that an engine
 * that answers request by request fits behind the same words.
 */
import type { OpencodeAgent } from '../agents/agent.ts';
import type { Grant } from '../permissions/envelope.ts';
import type { Target } from '../routing/decision.ts';
import type { Failure } from './failure.ts';

/** Tokens as the provider reported them, over all steps and child sessions. */
export type TokenUsage = {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
};

export const NO_TOKENS: TokenUsage = { input: 0, output: 0, reasoning: 0, cacheRead: 0, cacheWrite: 0 };

/** A piece of work as far as it is known before its prompt is. */
export type EngineWork = {
  readonly id: string;
  /** The subagent's own instructions; `null` where its definition was not found. */
  readonly instructions: string | null;
  readonly directory: string;
  readonly target: Target;
  readonly opencodeAgent: OpencodeAgent;
  readonly grant: Grant;
  /** A conversation that was remembered by an earlier turn, to go on with; `null` for a new one. */
  readonly conversation: string | null;
};

export type Turn = {
  readonly prompt: string;
  /** The name under which a later turn finds this conversation again; `null`: there will be none. */
  readonly conversation: string | null;
};

export type Outcome = {
  readonly tokens: TokenUsage;
  /** US dollars as OpenCode reports them; 0 for a model without a price. */
  readonly costUsd: number;
  /** Relative to the task's directory. */
  readonly filesChanged: readonly string[];
  readonly model: string;
  readonly provider: string;
};

export type EngineEvent =
  | { readonly type: 'text'; readonly step: number; readonly delta: string }
  | { readonly type: 'step-ended'; readonly step: number; readonly finish: string }
  /** What one step used, of a child session too; `isLast`: it ends the turn, so that none follows. */
  | { readonly type: 'spent'; readonly tokens: TokenUsage; readonly isLast: boolean }
  /** From here on the tool may leave a mark. */
  | { readonly type: 'tool-started'; readonly tool: string }
  | {
      readonly type: 'tool';
      readonly tool: string;
      readonly title: string;
      readonly status: 'completed' | 'error';
    }
  | {
      readonly type: 'permission';
      readonly permission: string;
      readonly patterns: readonly string[];
      readonly reply: 'once' | 'reject';
      readonly message: string;
    }
  | ({ readonly type: 'finished' } & Outcome)
  | ({ readonly type: 'failed'; readonly failure: Failure } & Outcome);

/** Which of our servers works on it, and since when it is the task's. */
export type ServerShare = { readonly id: string; readonly since: number };

export type EngineSession = {
  /** Left out where there is no server, or nobody keeps the time. */
  readonly server?: ServerShare;
  /**
   * Yields events until exactly one `finished` or `failed`, which is the last.
   * Aborting the signal ends the work at the other side too. A session is good for one turn.
   */
  run(turn: Turn, signal: AbortSignal): AsyncIterable<EngineEvent>;
  /** Gives back a session that no turn is going to use. */
  discard(): Promise<void>;
};

export type Engine = {
  /** Gets ready whatever does not need the prompt. Rejects with a `Failure`. */
  open(work: EngineWork, signal: AbortSignal): Promise<EngineSession>;
};
