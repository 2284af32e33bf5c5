// What would these tasks take, and of whom? Nothing is made up: what nobody knows is `null`, and is counted.

import { type Expectation, expectTokens } from './expect-tokens.ts';
import type { Ledger } from './ledger.ts';

export type PlannedTask = {
  /** By the name under which earlier tasks were written down. */
  readonly agent: string;
  /** Whoever planned it may say how many tokens it takes; in any other unit it is of no use here. */
  readonly estimate: number | null;
  /** `null`: it stays on Claude, and costs nothing here. */
  readonly target: { readonly provider: string; readonly model: string } | null;
};

/** Tasks of one agent at one model. */
export type SpendingRow = {
  readonly provider: string;
  readonly model: string;
  readonly agent: string;
  readonly tasks: number;
  /** Of those that are known; `null`: of none. */
  readonly tokens: number | null;
  readonly unknownTasks: number;
  /** How many earlier tasks the estimate is the median of; 0: the tasks' own estimates alone. */
  readonly samples: number;
  /** `null`: nobody has paid for a token of this model yet, or the tokens are not known. */
  readonly costUsd: number | null;
};

export type SpendingForecast = {
  readonly tasks: number;
  readonly onClaude: number;
  readonly rows: readonly SpendingRow[];
  /** Of all whose tokens are known. */
  readonly tokens: number;
  readonly unknownTasks: number;
  /** The most that one of them is expected to take; `null`: of none is it known. */
  readonly largestTask: number | null;
  /** Of all whose price is known; `null`: of none. */
  readonly costUsd: number | null;
};

export function forecastSpending(tasks: readonly PlannedTask[], ledger: Ledger): SpendingForecast {
  const known = new Map<string, Expectation | null>();
  const expect = ({ agent, estimate }: PlannedTask) => {
    const key = `${estimate ?? ''} ${agent}`;
    if (!known.has(key)) known.set(key, expectTokens(ledger, agent, estimate));
    return known.get(key) ?? null;
  };
  const rows = new Map<string, SpendingRow>();
  let largestTask: number | null = null;
  for (const task of tasks) {
    if (task.target === null) continue;
    const { provider, model } = task.target;
    const key = `${provider}/${model} ${task.agent}`;
    const before = rows.get(key) ?? emptyRow({ provider, model, agent: task.agent });
    const expected = expect(task);
    rows.set(key, addTask(before, expected, ledger));
    if (expected !== null) largestTask = Math.max(largestTask ?? 0, expected.tokens);
  }
  const all = [...rows.values()];
  return {
    tasks: tasks.length,
    onClaude: tasks.filter(({ target }) => target === null).length,
    rows: all,
    tokens: sum(all.map((row) => row.tokens ?? 0)),
    unknownTasks: sum(all.map((row) => row.unknownTasks)),
    largestTask,
    costUsd: sumKnown(all.map((row) => row.costUsd)),
  };
}

function emptyRow(who: Pick<SpendingRow, 'provider' | 'model' | 'agent'>): SpendingRow {
  return { ...who, tasks: 0, tokens: null, unknownTasks: 0, samples: 0, costUsd: null };
}

function addTask(row: SpendingRow, expected: Expectation | null, { paid }: Ledger): SpendingRow {
  const tasks = row.tasks + 1;
  if (expected === null) return { ...row, tasks, unknownTasks: row.unknownTasks + 1 };
  const tokens = (row.tokens ?? 0) + expected.tokens;
  const price = paid.get(`${row.provider}/${row.model}`);
  const costUsd = price === undefined ? null : (tokens * price.costUsd) / price.tokens;
  return { ...row, tasks, tokens, costUsd, samples: Math.max(row.samples, expected.samples) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : sum(known);
}
