// What earlier tasks have used, kept small: the sums that budgets ask for, and samples to expect the next ones by.

import type { Engine } from '../routing/decision.ts';
import type { PastTask } from './past-task.ts';

export type Ledger = {
  /** The last day on which a task ended. */
  readonly day: number;
  readonly usedThatDay: number;
  readonly usedBySession: ReadonlyMap<string, number>;
  readonly usedByRun: ReadonlyMap<string, number>;
  /** Tokens of the last finished tasks, by agent, oldest first. */
  readonly samples: ReadonlyMap<string, readonly number[]>;
  /** What the last finished tasks of each agent took, by the engine that answered, oldest first. */
  readonly costs: Readonly<Record<Engine, ReadonlyMap<string, readonly Cost[]>>>;
  /** How many tasks of each agent Claude Code's own tools were begun with, those that came to nothing too. */
  readonly tried: ReadonlyMap<string, number>;
  /** What was paid for how many tokens, by `provider/model`; of priced tasks alone. */
  readonly paid: ReadonlyMap<string, Paid>;
};

/** `costUsd` is 0 where nobody knows the price. */
export type Cost = { readonly model: string; readonly tokens: number; readonly costUsd: number };

export type Paid = { readonly tokens: number; readonly costUsd: number };

export const EMPTY_LEDGER: Ledger = {
  day: Number.NEGATIVE_INFINITY,
  usedThatDay: 0,
  usedBySession: new Map(),
  usedByRun: new Map(),
  samples: new Map(),
  costs: { opencode: new Map(), 'native-tools': new Map() },
  tried: new Map(),
  paid: new Map(),
};

/** Of each agent: enough for a median that follows when the work changes. */
const KEPT_SAMPLES = 50;
/** Sessions, runs, agents and models beyond these are forgotten, the one that was quiet longest first. */
const KEPT_NAMES = 500;

export function noteTasks(ledger: Ledger, tasks: readonly PastTask[]): Ledger {
  let { day, usedThatDay } = ledger;
  const usedBySession = new Map(ledger.usedBySession);
  const usedByRun = new Map(ledger.usedByRun);
  const samples = new Map(ledger.samples);
  const costs = {
    opencode: new Map(ledger.costs.opencode),
    'native-tools': new Map(ledger.costs['native-tools']),
  };
  const tried = new Map(ledger.tried);
  const paid = new Map(ledger.paid);
  for (const task of tasks) {
    const { tokens, costUsd, agent, model, sessionId, runId } = task;
    if (task.day > day) [day, usedThatDay] = [task.day, 0];
    if (task.day === day) usedThatDay += tokens;
    if (sessionId !== null) renew(usedBySession, sessionId, (usedBySession.get(sessionId) ?? 0) + tokens);
    if (runId !== null) renew(usedByRun, runId, (usedByRun.get(runId) ?? 0) + tokens);
    if (task.engine === 'native-tools') renew(tried, agent, (tried.get(agent) ?? 0) + 1);
    if (tokens <= 0) continue;
    if (task.finished) {
      renew(samples, agent, [...(samples.get(agent) ?? []), tokens].slice(-KEPT_SAMPLES));
      const same = costs[task.engine];
      renew(same, agent, [...(same.get(agent) ?? []), { model, tokens, costUsd }].slice(-KEPT_SAMPLES));
    }
    if (costUsd > 0) renew(paid, model, addPaid(paid.get(model), task));
  }
  return { day, usedThatDay, usedBySession, usedByRun, samples, costs, tried, paid };
}

export function usedOn({ day, usedThatDay }: Ledger, today: number): number {
  return day === today ? usedThatDay : 0;
}

function addPaid(before: Paid = { tokens: 0, costUsd: 0 }, { tokens, costUsd }: Paid): Paid {
  return { tokens: before.tokens + tokens, costUsd: before.costUsd + costUsd };
}

/** To the end of the map, so that its first entry is the one that was quiet longest. */
function renew<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name);
  map.set(name, value);
  const [oldest] = map.keys();
  if (map.size > KEPT_NAMES && oldest !== undefined) map.delete(oldest);
}
