/** Where the demo plays: the same play before simulated providers, or before the user's own. */
import type { Paths } from '../../../adapters/files/paths.ts';
import type { IsolatedHome } from '../../../simulation/isolated-home.ts';
import type { ClaudeTokens } from '../calls/compare-claude-tokens.ts';
import type { RunName } from '../calls/fault.ts';
import type { LoggedDecision } from '../calls/logged-decision.ts';
import type { ObservedCall } from '../calls/observe-calls.ts';
import type { Session } from '../calls/session.ts';
import type { Spending } from '../calls/spending.ts';

export type Stage = {
  readonly kind: 'simulated' | 'live';
  readonly home: IsolatedHome;
  /** Where the daemon of this stage has its files. */
  readonly paths: Paths;
  /** The user's prompt to the conductor. */
  readonly prompt: string;
  /** The plugin that brings the agents of the reference workload. */
  readonly agentsDir: string;
  readonly timeoutMs: number;
  /** Both runs find the project in the same state. */
  prepare(run: RunName): void;
  claudeTokens(run: RunName, session: Session): ClaudeTokens;
  spending(run: RunName, call: ObservedCall, decision: LoggedDecision | null): Promise<readonly Spending[]>;
  /** Written into the folder that `--keep` keeps. */
  evidence(): Readonly<Record<string, unknown>>;
  close(keep: boolean): Promise<void>;
};
