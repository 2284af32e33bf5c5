/** What was saved by day: read from task-outcomes.jsonl when somebody first looks, and counted on from there. */
import { nameLocalDay } from '../../adapters/files/local-day.ts';
import type { OutcomeEntry } from '../../adapters/files/outcome-log.ts';
import { readOutcomes } from '../../adapters/files/read-outcomes.ts';
import { resolveAgent } from '../../core/agents/resolve-agent.ts';
import type { Config } from '../../core/config/schema.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import type { LiveDay } from '../../core/live/live-state.ts';
import { groupSavings } from '../../core/savings/sum-savings.ts';
import { estimateTask, type TaskRecord } from '../../core/savings/task-savings.ts';

export type SavingsBook = {
  taskEnded(line: OutcomeEntry): void;
  /** Oldest first. */
  days(): Promise<readonly LiveDay[]>;
};

const DAYS = 31;
const DAY_MS = 86_400_000;

export type SavingsBookOptions = {
  readonly file: string;
  readonly config: () => Promise<Pick<Config, 'savings' | 'agents'>>;
  readonly now: () => number;
};

export function createSavingsBook({ file, config, now }: SavingsBookOptions): SavingsBook {
  /** By request: one that ends while the file is read is in both. */
  let known: Map<string, TaskRecord> | null = null;
  let reading: Promise<void> | null = null;
  let days: readonly LiveDay[] | null = null;
  let countedOn = '';

  const read = async () => {
    const own = new Map<string, TaskRecord>();
    known = own;
    for (const task of await readOutcomes(file)) own.set(task.requestId, task);
    days = null;
  };
  const count = async (tasks: readonly TaskRecord[]): Promise<readonly LiveDay[]> => {
    const { savings, agents } = await config();
    const tierOf = (agent: string) => resolveAgent(agent, agents).agent.tier;
    const estimates = tasks.map((task) => estimateTask(task, { ...savings, tierOf }));
    return groupSavings(estimates, 'day', nameLocalDay)
      .slice(-DAYS)
      .map((row) => ({
        day: row.key,
        tasks: row.tasks,
        savedTokens: row.savedTokens,
        spentTokens: countTokens(row.tokens),
      }));
  };

  const forgetBefore = (oldest: number) => {
    for (const [id, { timestamp }] of known ?? []) if (timestamp < oldest) known?.delete(id);
  };

  return {
    taskEnded: (line) => {
      // Until somebody looks, the file knows.
      known?.set(line.requestId, line);
      days = null;
    },
    days: async () => {
      reading ??= read();
      await reading;
      const today = nameLocalDay(now());
      if (days === null || countedOn !== today) {
        countedOn = today;
        forgetBefore(now() - DAYS * DAY_MS);
        days = await count([...(known?.values() ?? [])]);
      }
      return days;
    },
  };
}
