// The savings of many tasks: by day, agent, project or model, and in all.

import { NO_TOKENS, type TokenUsage } from '../delegation/engine.ts';
import type { Band, TaskSavings } from './task-savings.ts';

export const GROUPINGS = ['day', 'agent', 'project', 'model'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type SavingsSum = {
  readonly tasks: number;
  readonly failed: number;
  /** What the other models spent, as they reported it. */
  readonly tokens: TokenUsage;
  /** Of the tasks whose cost is known. */
  readonly spentUsd: number;
  /** Tasks without a known cost. */
  readonly unknownCosts: number;
  readonly onClaudeTokens: Band;
  readonly answerTokens: number;
  readonly savedTokens: Band;
  /** Of the tasks of which it is known; `null` where it is of none. */
  readonly savedUsd: Band | null;
};

export type SavingsRow = SavingsSum & { readonly key: string };

const NO_SAVINGS: SavingsSum = {
  tasks: 0,
  failed: 0,
  tokens: NO_TOKENS,
  spentUsd: 0,
  unknownCosts: 0,
  onClaudeTokens: { low: 0, high: 0 },
  answerTokens: 0,
  savedTokens: { low: 0, high: 0 },
  savedUsd: null,
};

export function sumSavings(tasks: readonly TaskSavings[]): SavingsSum {
  return tasks.reduce(addTask, NO_SAVINGS);
}

/** `dayOf` names the day of a moment, by the clock on the user's wall. */
export function groupSavings(
  tasks: readonly TaskSavings[],
  by: Grouping,
  dayOf: (at: number) => string,
): readonly SavingsRow[] {
  const groups = new Map<string, TaskSavings[]>();
  for (const task of tasks) {
    const key = keyOf(task, by, dayOf);
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  const rows = [...groups].map(([key, group]) => ({ key, ...sumSavings(group) }));
  if (by === 'day') return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  return rows.sort((a, b) => b.savedTokens.low - a.savedTokens.low);
}

/** A task that several models were tried for counts where it ended. */
function keyOf({ task }: TaskSavings, by: Grouping, dayOf: (at: number) => string): string {
  switch (by) {
    case 'day':
      return dayOf(task.timestamp);
    case 'agent':
      return task.agent;
    case 'project':
      return task.directory ?? '';
    case 'model': {
      const last = task.spent.at(-1);
      return last === undefined ? '' : `${last.provider}/${last.model}`;
    }
  }
}

function addTask(sum: SavingsSum, { task, onClaude, answer, ...more }: TaskSavings): SavingsSum {
  const { spentUsd, savedTokens, savedUsd } = more;
  return {
    tasks: sum.tasks + 1,
    failed: sum.failed + (task.failure === null ? 0 : 1),
    tokens: task.spent.reduce((tokens, spent) => addTokens(tokens, spent.tokens), sum.tokens),
    spentUsd: sum.spentUsd + (spentUsd ?? 0),
    unknownCosts: sum.unknownCosts + (spentUsd === null ? 1 : 0),
    onClaudeTokens: addBands(sum.onClaudeTokens, onClaude.tokens),
    answerTokens: sum.answerTokens + answer.tokens,
    savedTokens: addBands(sum.savedTokens, savedTokens),
    savedUsd: savedUsd === null ? sum.savedUsd : addBands(sum.savedUsd ?? { low: 0, high: 0 }, savedUsd),
  };
}

function addBands(a: Band, b: Band): Band {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function addTokens(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  };
}
