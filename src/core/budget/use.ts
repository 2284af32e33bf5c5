// How much is used now: by what has ended, and by what still runs.

import { type Ledger, usedOn } from './ledger.ts';

/** A task that has not ended, with what it has used so far. */
export type RunningUse = {
  readonly task: string;
  readonly agent: string;
  readonly tokens: number;
  readonly sessionId: string | null;
  readonly runId: string | null;
};

export type Use = {
  readonly ledger: Ledger;
  readonly running: readonly RunningUse[];
  /** See local-day.ts. */
  readonly today: number;
};

export function usedToday({ ledger, running, today }: Use): number {
  return usedOn(ledger, today) + usedByRunning({ running });
}

export function usedByRunning({ running }: Pick<Use, 'running'>): number {
  return sumOf(running);
}

export function usedInSession({ ledger, running }: Use, session: string): number {
  return (
    (ledger.usedBySession.get(session) ?? 0) + sumOf(running.filter(({ sessionId }) => sessionId === session))
  );
}

export function usedInRun({ ledger, running }: Use, run: string): number {
  return (ledger.usedByRun.get(run) ?? 0) + sumOf(running.filter(({ runId }) => runId === run));
}

function sumOf(running: readonly RunningUse[]): number {
  return running.reduce((sum, { tokens }) => sum + tokens, 0);
}
