/** The three periods side by side, and the last events below. */
import type { Metrics, ProviderUsage } from '../../core/tracking/metrics.ts';
import { PERIODS } from '../../core/tracking/metrics-collector.ts';
import { sumMetrics } from '../../core/tracking/tally.ts';
import type { Stats } from '../../protocol/stats.ts';
import type { Cli } from '../cli.ts';
import { formatDollars, formatDuration, formatTokens } from '../format-amounts.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';

const MOST_AGENTS = 10;

export function renderStats(stats: Stats, { m, output }: Cli): string {
  const { stats: text } = m;
  const { dim } = output.colours;
  const periods = PERIODS.map((period) => sumMetrics(stats[period]));
  const whole = periods.at(-1);
  if (whole === undefined || (whole.routing.total === 0 && whole.performance.count === 0))
    return text.nothing();
  const row = (title: string, read: (metrics: Metrics) => string) => [title, ...periods.map(read)];
  const table = renderTable(['', ...text.periods].map(dim), [
    row(text.calls(), ({ routing }) => String(routing.total)),
    ...keysOf(whole.routing.byProvider).map((provider) =>
      row(`  ${printableText(provider)}`, ({ routing }) => String(routing.byProvider[provider] ?? 0)),
    ),
    ...keysOf(whole.routing.byAgent)
      .slice(0, MOST_AGENTS)
      .map((agent) =>
        row(`  · ${printableText(agent)}`, ({ routing }) => String(routing.byAgent[agent] ?? 0)),
      ),
    row(text.finished(), ({ performance }) => String(performance.successes)),
    row(text.failed(), ({ performance }) => String(performance.failures)),
    row(text.meanTime(), ({ performance: { totalDuration, count } }) =>
      count === 0 ? '–' : formatDuration(totalDuration / count),
    ),
    row(text.cacheHits(), ({ cache: { hits, misses } }) => share(hits, hits + misses)),
    ...Object.keys(whole.usage).map((provider) =>
      row(text.tokens(printableText(provider)), ({ usage }) => renderUsage(usage[provider])),
    ),
  ]);
  return [table, ...renderRecent(stats, dim)].join('\n');
}

function renderRecent({ recent }: Stats, dim: (text: string) => string): readonly string[] {
  if (recent.length === 0) return [];
  const rows = recent.map(({ type, timestamp, agent, provider, responseTime }) => [
    dim(new Date(timestamp).toISOString()),
    type,
    printableText(agent),
    printableText(provider),
    formatDuration(responseTime),
  ]);
  return ['', renderTable([], rows)];
}

/** Most first. */
function keysOf(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((part / whole) * 100)} %`;
}

function renderUsage(usage: ProviderUsage | undefined): string {
  if (usage === undefined) return '–';
  const { input, output, reasoning, cacheRead, cacheWrite, costUsd } = usage;
  const tokens = `${formatTokens(input + cacheRead + cacheWrite)}↓ ${formatTokens(output + reasoning)}↑`;
  return costUsd === 0 ? tokens : `${tokens} ${formatDollars(costUsd)}`;
}
