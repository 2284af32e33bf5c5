/** What did the calls take on Claude that would have left it, had the mode not been `shadow`? Measured, not estimated. */
import { countTokens } from '../delegation/count-tokens.ts';
import { NO_TOKENS, type TokenUsage } from '../delegation/engine.ts';
import type { ClaudeMessage } from './claude-usage.ts';
import { addTokens } from './sum-savings.ts';

export type ShadowCall = {
  readonly agent: string;
  /** Claude Code's id of the subagent; `null` where nobody said. */
  readonly agentId: string | null;
  /** `provider/model` that would have answered. */
  readonly target: string;
};

export type ShadowSum = {
  readonly calls: number;
  /** Calls of which the transcripts say nothing. */
  readonly unknown: number;
  readonly tokens: TokenUsage;
};

export type ShadowRow = ShadowSum & { readonly agent: string; readonly target: string };

export type ShadowSavings = { readonly rows: readonly ShadowRow[]; readonly total: ShadowSum };

const NOTHING: ShadowSum = { calls: 0, unknown: 0, tokens: NO_TOKENS };

export function sumShadow(calls: readonly ShadowCall[], messages: readonly ClaudeMessage[]): ShadowSavings {
  const taken = tokensByAgentId(messages);
  const rows = new Map<string, ShadowRow>();
  let total = NOTHING;
  for (const { agent, agentId, target } of calls) {
    const tokens = agentId === null ? undefined : taken.get(agentId);
    // A subagent that was called again is one, and its tokens are not counted again.
    if (agentId !== null) taken.set(agentId, NO_TOKENS);
    const key = `${agent}\n${target}`;
    rows.set(key, { agent, target, ...addCall(rows.get(key) ?? NOTHING, tokens) });
    total = addCall(total, tokens);
  }
  const largestFirst = (a: ShadowRow, b: ShadowRow) => countTokens(b.tokens) - countTokens(a.tokens);
  return { rows: [...rows.values()].sort(largestFirst), total };
}

function addCall({ calls, unknown, tokens }: ShadowSum, more: TokenUsage | undefined): ShadowSum {
  return {
    calls: calls + 1,
    unknown: unknown + (more === undefined ? 1 : 0),
    tokens: addTokens(tokens, more ?? NO_TOKENS),
  };
}

/** An answer is told several times while it grows: the last one counts. */
function tokensByAgentId(messages: readonly ClaudeMessage[]): Map<string, TokenUsage> {
  const last = new Map(messages.map((message) => [message.messageId, message]));
  const taken = new Map<string, TokenUsage>();
  for (const { agentId, tokens } of last.values())
    if (agentId !== null) taken.set(agentId, addTokens(taken.get(agentId) ?? NO_TOKENS, tokens));
  return taken;
}
