// What is used of each budget, and what is left of it?

import type { Budgets } from './budgets.ts';
import { typicalTokens } from './expect-tokens.ts';
import type { TeamUsed } from './judge-forecast.ts';
import { type Use, usedInRun, usedInSession, usedToday } from './use.ts';

export type Share = {
  /** `null`: there is no limit, and so nothing that could be left of it. */
  readonly limit: number | null;
  readonly used: number;
  readonly left: number | null;
};

export type NamedShare = Share & { readonly id: string };

/** What tasks of one agent take; those that a budget keeps from being delegated are marked. */
export type TypicalUse = {
  readonly agent: string;
  readonly tokens: number;
  readonly samples: number;
  readonly overBudget: boolean;
};

export type UseSummary = {
  readonly day: Share;
  /** Those that run now. */
  readonly tasks: readonly (NamedShare & { readonly agent: string })[];
  /** The last ones, newest first. */
  readonly runs: readonly NamedShare[];
  readonly sessions: readonly NamedShare[];
  readonly typical: readonly TypicalUse[];
  /** Of all machines that count together; left out where there are none. */
  readonly team?: { readonly day: Share; readonly month: Share } | undefined;
};

const SHOWN = 5;

export function summariseUse(use: Use, budgets: Budgets, team: TeamUsed | undefined = undefined): UseSummary {
  const { ledger, running } = use;
  const runs = newest(ledger.usedByRun.keys(), running, ({ runId }) => runId);
  const sessions = newest(ledger.usedBySession.keys(), running, ({ sessionId }) => sessionId);
  return {
    day: shareOf(budgets.day, usedToday(use)),
    tasks: running.map(({ task, agent, tokens }) => ({ id: task, agent, ...shareOf(budgets.task, tokens) })),
    runs: runs.map((id) => ({ id, ...shareOf(budgets.run, usedInRun(use, id)) })),
    sessions: sessions.map((id) => ({ id, ...shareOf(budgets.session, usedInSession(use, id)) })),
    typical: [...ledger.samples.keys()].sort().flatMap((agent) => {
      const typical = typicalTokens(ledger, agent);
      if (typical === null) return [];
      return [{ agent, ...typical, overBudget: budgets.task !== null && typical.tokens > budgets.task }];
    }),
    ...(team === undefined
      ? {}
      : { team: { day: shareOf(budgets.teamDay, team.day), month: shareOf(budgets.teamMonth, team.month) } }),
  };
}

function shareOf(limit: number | null, used: number): Share {
  return { limit, used, left: limit === null ? null : Math.max(0, limit - used) };
}

function newest<T>(
  ended: Iterable<string>,
  running: readonly T[],
  nameOf: (one: T) => string | null,
): readonly string[] {
  const names = [...ended, ...running.map(nameOf).filter((name) => name !== null)].reverse();
  return [...new Set(names)].slice(0, SHOWN);
}
