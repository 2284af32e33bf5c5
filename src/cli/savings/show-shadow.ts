/** `omcm savings --shadow`: what a mode that routes would have taken off Claude. */
import { readClaudeUsage } from '../../adapters/files/claude-usage-log.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import { type ShadowSavings, type ShadowSum, sumShadow } from '../../core/savings/shadow-savings.ts';
import type { Cli } from '../cli.ts';
import { formatTokens } from '../format-amounts.ts';
import { printableText } from '../printable-text.ts';
import { readRecords } from '../read-records.ts';
import { renderTable } from '../render-table.ts';

export async function showShadow(cli: Cli, since: number | null): Promise<void> {
  const [records, messages] = await Promise.all([
    readRecords(cli),
    readClaudeUsage(cli.paths.claudeUsageFile),
  ]);
  const calls = records.flatMap(({ timestamp, agent, agentId, shadow }) =>
    shadow === null || (since !== null && timestamp < since)
      ? []
      : [{ agent, agentId, target: `${shadow.provider}/${shadow.model}` }],
  );
  const shadow = sumShadow(calls, messages);
  cli.output.result({ since: since === null ? null : new Date(since).toISOString(), ...shadow }, () =>
    render(shadow, cli),
  );
}

function render({ rows, total }: ShadowSavings, { m, output }: Cli): string {
  const { savings: text } = m;
  const { dim, bold } = output.colours;
  if (total.calls === 0) return text.noShadow();
  const line = (name: string, target: string, sum: ShadowSum) => [
    name,
    target,
    sum.unknown === 0 ? String(sum.calls) : text.someUnknown(sum.calls, sum.unknown),
    bold(renderTokens(sum)),
  ];
  return [
    renderTable(text.shadowColumns.map(dim), [
      ...rows.map((row) => line(printableText(row.agent), printableText(row.target), row)),
      ...(rows.length > 1 ? [line(text.total(), '', total)] : []),
    ]),
    dim(text.shadowMethod()),
  ].join('\n');
}

function renderTokens({ tokens }: ShadowSum): string {
  const { input, output, reasoning, cacheRead, cacheWrite } = tokens;
  const [read, written] = [input + cacheRead + cacheWrite, output + reasoning];
  return `${formatTokens(countTokens(tokens))} (${formatTokens(read)}↓ ${formatTokens(written)}↑)`;
}
