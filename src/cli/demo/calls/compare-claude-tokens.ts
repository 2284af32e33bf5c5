// What did Claude cost with OMCM, against the same work without it?
import type { ClaudeEvent } from '../../../simulation/claude-events.ts';
import type { JournaledRequest } from '../../../simulation/journaled-request.ts';
import { asObject } from '../../../simulation/json.ts';
import { subagentOf } from '../../../simulation/scripted-conductor.ts';
import { sumUsage } from '../../../simulation/sum-usage.ts';

export type ClaudeTokens = {
  readonly total: number;
  /** null where only the total is known. */
  readonly conductor: number | null;
  readonly subagents: number | null;
};

export type Comparison = {
  readonly without: ClaudeTokens;
  readonly with: ClaudeTokens;
  /** With one digit after the point, never rounded up. */
  readonly savedPercent: number;
};

export function claudeTokensIn(requests: readonly JournaledRequest[]): ClaudeTokens {
  const isSubagents = (request: JournaledRequest) => subagentOf(request) !== undefined;
  const subagents = sumUsage(requests.filter(isSubagents)).total;
  const { total } = sumUsage(requests);
  return { total, conductor: total - subagents, subagents };
}

/** What Claude Code itself reports at the end of a session: cached tokens are tokens too. */
export function reportedClaudeTokens(events: readonly ClaudeEvent[]): ClaudeTokens {
  const usage = asObject(events.findLast(({ type }) => type === 'result')?.modelUsage);
  const claude = Object.entries(usage).filter(([model]) => model.includes('claude'));
  const total = claude.reduce((sum, [, used]) => sum + tokensIn(asObject(used)), 0);
  return { total, conductor: null, subagents: null };
}

function tokensIn(used: Readonly<Record<string, unknown>>): number {
  const counts = [
    used.inputTokens,
    used.outputTokens,
    used.cacheReadInputTokens,
    used.cacheCreationInputTokens,
  ];
  return counts.reduce((sum: number, count) => sum + (typeof count === 'number' ? count : 0), 0);
}

export function compareClaudeTokens(without: ClaudeTokens, withOmcm: ClaudeTokens): Comparison {
  const saved = without.total === 0 ? 0 : (without.total - withOmcm.total) / without.total;
  return { without, with: withOmcm, savedPercent: Math.floor(saved * 1000) / 10 };
}
