import type { DemoReport } from '../demo-report.ts';
import { formatTokens } from './format.ts';
import type { Look } from './look.ts';
import { renderCalls } from './render-calls.ts';
import { renderComparison } from './render-comparison.ts';

/** Everything that the demo has to show when it is over. */
export function renderReport(report: DemoReport, look: Look): string {
  const { words, colours } = look;
  const { routed, kind } = report;
  const cost = words.routedCost(routed.calls, formatTokens(routed.claudeTokens), routed.claudeRequests);
  const closing = [
    routed.claudeRequests === 0 ? colours.green(cost) : colours.red(cost),
    colours.dim(kind === 'simulated' ? words.simulated : words.live),
    ...(report.folder === null ? [] : [words.keptIn(report.folder)]),
  ];
  const parts = [
    renderCalls(report.rows, look),
    renderComparison(report.comparison, look),
    closing.map((line) => `  ${line}`).join('\n'),
  ];
  return parts.join('\n\n');
}
