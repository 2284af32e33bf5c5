/** What would have been otherwise: in all, and agent by agent. */
import type { Moved, Replay, ReplayedCall } from '../../core/routing/replay.ts';
import type { Cli } from '../cli.ts';
import { formatTokens } from '../format-amounts.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';

export function renderReplay(replay: Replay, { m }: Cli): string {
  const { replay: text } = m;
  const { calls, changed, toOthers, toClaude, toNobody, between } = replay;
  if (changed.length === 0) return text.nothing(calls);
  const sums = (
    [
      [text.toOthers, toOthers],
      [text.toClaude, toClaude],
      [text.toNobody, toNobody],
      [text.between, between],
    ] as const
  )
    .filter(([, moved]) => moved.calls > 0)
    .map(([label, moved]) => `  ${label(moved.calls, estimated(moved, text.unmeasured()))}`);
  const rows = countAlike(changed).map(([call, count]) => [
    printableText(call.agent),
    call.was.by,
    call.would.by,
    printableText(call.would.reason),
    String(count),
  ]);
  return [text.changed(changed.length, calls), ...sums, '', renderTable(text.columns, rows)].join('\n');
}

/** Each of them is an estimate, and says so. */
function estimated({ tokens }: Moved, unmeasured: string): string {
  return tokens === null ? unmeasured : `~${formatTokens(tokens)}`;
}

function countAlike(changed: readonly ReplayedCall[]): readonly (readonly [ReplayedCall, number])[] {
  const alike = new Map<string, readonly [ReplayedCall, number]>();
  for (const call of changed) {
    const key = JSON.stringify([call.agent, call.was.by, call.would]);
    alike.set(key, [call, (alike.get(key)?.[1] ?? 0) + 1]);
  }
  return [...alike.values()].sort(([, a], [, b]) => b - a);
}
