// One Agent call as the demo shows it: what was decided, and what really happened.
import type { LoggedDecision } from './logged-decision.ts';
import type { ObservedCall } from './observe-calls.ts';
import type { Spending, Tokens } from './spending.ts';

export type CallRow = {
  readonly agent: string;
  readonly route: boolean;
  readonly reason: string | null;
  readonly provider: string;
  readonly model: string | null;
  /** How often that model was asked: once for each turn of the subagent. */
  readonly requests: number | null;
  readonly tokens: Tokens | null;
  /** Milliseconds since the session began. */
  readonly startedMs: number;
  readonly durationMs: number | null;
  /** What this subagent cost on the Anthropic side. */
  readonly claude: { readonly requests: number; readonly tokens: number };
};

export type RowParts = {
  readonly call: ObservedCall;
  readonly decision: LoggedDecision | null;
  readonly spending: readonly Spending[];
  readonly sessionStartedAt: number;
};

export function rowOf({ call, decision, spending, sessionStartedAt }: RowParts): CallRow {
  const provider = decision?.provider ?? 'claude';
  const main = spending.find((one) => one.provider === provider);
  return {
    agent: call.agent,
    route: decision?.route ?? false,
    reason: decision?.reason ?? null,
    provider,
    model: decision?.model ?? main?.model ?? null,
    requests: main?.requests ?? null,
    tokens: main?.tokens ?? null,
    startedMs: call.startedAt - sessionStartedAt,
    durationMs: call.endedAt === null ? null : call.endedAt - call.startedAt,
    claude: claudeShare(spending),
  };
}

function claudeShare(spending: readonly Spending[]): CallRow['claude'] {
  const claude = spending.filter(({ provider }) => provider === 'claude');
  return {
    requests: claude.reduce((sum, { requests }) => sum + (requests ?? 1), 0),
    tokens: claude.reduce((sum, { tokens }) => sum + (tokens?.input ?? 0) + (tokens?.output ?? 0), 0),
  };
}
