/** What the demo has measured; with its faults as sentences, it is what `--json` prints. */
import type { CallRow } from './calls/call-row.ts';
import type { Comparison } from './calls/compare-claude-tokens.ts';
import type { Fault } from './calls/fault.ts';

export type DemoReport = {
  readonly kind: 'simulated' | 'live';
  readonly rows: readonly CallRow[];
  readonly comparison: Comparison;
  readonly routed: RoutedCost;
  readonly faults: readonly Fault[];
  readonly ms: { readonly without: number; readonly warmUp: number; readonly with: number };
  /** Where `--keep` keeps what was there. */
  readonly folder: string | null;
};

/** What the routed subagents have cost at Anthropic. */
export type RoutedCost = {
  readonly calls: number;
  readonly claudeRequests: number;
  readonly claudeTokens: number;
};

export function routedCostOf(rows: readonly CallRow[]): RoutedCost {
  const routed = rows.filter(({ route }) => route);
  return {
    calls: routed.length,
    claudeRequests: routed.reduce((sum, { claude }) => sum + claude.requests, 0),
    claudeTokens: routed.reduce((sum, { claude }) => sum + claude.tokens, 0),
  };
}

export function toJson(report: DemoReport, messageOf: (fault: Fault) => string): object {
  const { comparison, routed, faults } = report;
  const { without, with: withOmcm, savedPercent } = comparison;
  return {
    ok: faults.length === 0,
    providers: report.kind,
    calls: report.rows.map(callToJson),
    claudeTokens: {
      without: without.total,
      with: withOmcm.total,
      savedPercent,
      conductor: { without: without.conductor, with: withOmcm.conductor },
      subagents: { without: without.subagents, with: withOmcm.subagents },
    },
    routedSubagents: routed,
    durationsMs: report.ms,
    problems: faults.map((fault) => ({ ...fault, message: messageOf(fault) })),
    folder: report.folder,
  };
}

function callToJson({ claude, ...row }: CallRow): object {
  return { ...row, claudeRequests: claude.requests, claudeTokens: claude.tokens };
}
