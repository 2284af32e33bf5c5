/** Reads the logs, so that it can be asked while no daemon runs. */
import { readClaudeUsage } from '../../adapters/files/claude-usage-log.ts';
import { failureFrom } from '../../adapters/files/file-failure.ts';
import { loadConfig } from '../../adapters/files/load-config.ts';
import { nameLocalDay } from '../../adapters/files/local-day.ts';
import { readOutcomes } from '../../adapters/files/read-outcomes.ts';
import { resolveAgent } from '../../core/agents/resolve-agent.ts';
import type { Config } from '../../core/config/schema.ts';
import { type ClaudeUsage, sumClaude } from '../../core/savings/claude-usage.ts';
import { PRICE_TABLE } from '../../core/savings/price-table.ts';
import {
  type Grouping,
  groupSavings,
  type SavingsRow,
  type SavingsSum,
  sumSavings,
} from '../../core/savings/sum-savings.ts';
import { estimateTask, type SavingsRules, type TaskSavings } from '../../core/savings/task-savings.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';

/** Printed as it is with `--json`, so its shape is stable. Fields are only ever added. */
export type SavingsReport = {
  readonly by: Grouping;
  /** ISO 8601; `null`: as far back as the logs reach. */
  readonly since: string | null;
  readonly rows: readonly SavingsRow[];
  readonly total: SavingsSum;
  readonly claude: ClaudeUsage;
  readonly prices: { readonly asOf: string; readonly source: string; readonly own: readonly string[] };
  /** Where every figure comes from. */
  readonly files: { readonly tasks: string; readonly claude: string };
};

export type GatheredSavings = SavingsReport & { readonly tasks: readonly TaskSavings[] };

export async function gatherSavings(
  cli: Cli,
  { by, since }: { readonly by: Grouping; readonly since: number | null },
): Promise<GatheredSavings> {
  const { paths, env } = cli;
  const [{ config }, outcomes, messages] = await Promise.all([
    loadConfig({ paths, env }),
    readOr(cli, paths.outcomeLogFile, readOutcomes),
    readOr(cli, paths.claudeUsageFile, readClaudeUsage),
  ]);
  const isMeant = ({ timestamp }: { readonly timestamp: number }) => since === null || timestamp >= since;
  const rules = rulesOf(config);
  const tasks = outcomes.filter(isMeant).map((task) => estimateTask(task, rules));
  return {
    by,
    since: since === null ? null : new Date(since).toISOString(),
    rows: groupSavings(tasks, by, nameLocalDay),
    total: sumSavings(tasks),
    claude: sumClaude(messages.filter(isMeant)),
    prices: { asOf: PRICE_TABLE.asOf, source: PRICE_TABLE.source, own: Object.keys(rules.prices) },
    files: { tasks: paths.outcomeLogFile, claude: paths.claudeUsageFile },
    tasks,
  };
}

function rulesOf({ savings, agents }: Config): SavingsRules {
  const tierOf = (agent: string) => resolveAgent(agent, agents).agent.tier;
  return { ...savings, tierOf };
}

async function readOr<T>({ m }: Cli, file: string, read: (file: string) => Promise<T>): Promise<T> {
  try {
    return await read(file);
  } catch (error) {
    const message = m.failures.file(failureFrom(error, file));
    throw new CommandError({ code: 'log-unreadable', exit: 'failed', message });
  }
}
