/**
 * How a delegated task reaches OpenCode.
 * - `serve`: a session on a warm server of the pool, over HTTP
 * - `run`: a cold `opencode run` process for this one turn
 * - `acp`: a session of a warm `opencode acp` process, over the Agent Client Protocol
 */
export type Strategy = 'serve' | 'run' | 'acp';

/** What may be asked for. `auto` takes what is best; `spec` is the seed's own table. */
export type StrategyChoice = 'auto' | Strategy | 'spec';

/** Why a strategy was taken. */
export type StrategyReason =
  | 'asked'
  /** The conversation began there, and goes on there. */
  | 'conversation'
  | 'server-running'
  | 'server-can-start'
  | 'no-server'
  /** It was taken, and did not start. */
  | 'server-start-failed'
  | 'acp-start-failed'
  | 'acp-unavailable'
  | 'acp-unavailable-and-no-server'
  | 'spec-short-run'
  | 'spec-long-run'
  | 'spec-server-running'
  | 'spec-no-server'
  | 'spec-acp-available'
  | 'spec-acp-unavailable';

export type SelectedStrategy = {
  readonly strategy: Strategy;
  readonly reason: StrategyReason;
  /** What would have been taken, had it been there; `null` where nothing was missed. */
  readonly fellFrom: Strategy | null;
};
