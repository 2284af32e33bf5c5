/** `omcm stats`: what was decided and done in the last hour, the last day, the last month. */
import { loadMetrics } from '../../adapters/files/load-metrics.ts';
import { readHealth } from '../../client/ensure-daemon.ts';
import { PERIODS } from '../../core/tracking/metrics-collector.ts';
import { sumMetrics } from '../../core/tracking/tally.ts';
import { type Stats, statsSchema } from '../../protocol/stats.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { count } from '../option-parsers.ts';
import { renderStats } from '../stats/render-stats.ts';

export const defineStats: DefineCommand = (command, cli) => {
  const { stats: text } = cli.m;
  command
    .option('--recent <n>', text.optionRecent, count(cli.m, '--recent'))
    .action((options: { recent?: number }) => showStats(cli, options));
  addExamples(command, cli, [
    ['omcm stats', text.examplePlain],
    ['omcm stats --recent 20', text.exampleRecent],
    ['omcm stats --json', text.exampleJson],
  ]);
};

async function showStats(cli: Cli, { recent = 0 }: { readonly recent?: number }): Promise<void> {
  const stats = await readStats(cli, recent);
  const totals = Object.fromEntries(PERIODS.map((period) => [period, sumMetrics(stats[period])]));
  cli.output.result({ totals, ...stats }, () => renderStats(stats, cli));
}

async function readStats(cli: Cli, recent: number): Promise<Stats> {
  const { output, m, paths } = cli;
  const { socketPath } = paths;
  if ((await readHealth(socketPath)) !== null)
    return askDaemon({ socketPath, path: `/v1/stats?recent=${recent}` }, statsSchema, m);
  output.say(m.stats.noDaemon());
  const { metrics } = await loadMetrics(paths, Date.now);
  return { ...metrics.getMetrics(), recent: [] };
}
