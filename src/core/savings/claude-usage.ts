// What Claude itself spent: the lead session and the subagents that stayed on it.
import { NO_TOKENS, type TokenUsage } from '../delegation/engine.ts';
import { addTokens } from './sum-savings.ts';

/** One answer of Claude's, as its transcript tells it. */
export type ClaudeMessage = {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly sessionId: string;
  readonly directory: string | null;
  /** `null`: the lead session. */
  readonly agentId: string | null;
  readonly messageId: string;
  readonly model: string;
  readonly tokens: TokenUsage;
};

export type ClaudeUsage = {
  readonly lead: TokenUsage;
  readonly subagents: TokenUsage;
  readonly byModel: Readonly<Record<string, TokenUsage>>;
};

const NOTHING: ClaudeUsage = { lead: NO_TOKENS, subagents: NO_TOKENS, byModel: {} };

/** An answer is told several times while it grows, and again by a session that goes on: the last one counts. */
export function sumClaude(messages: readonly ClaudeMessage[]): ClaudeUsage {
  const last = new Map(messages.map((message) => [message.messageId, message]));
  return [...last.values()].reduce<ClaudeUsage>(
    (sum, { agentId, model, tokens }) => ({
      lead: agentId === null ? addTokens(sum.lead, tokens) : sum.lead,
      subagents: agentId === null ? sum.subagents : addTokens(sum.subagents, tokens),
      byModel: { ...sum.byModel, [model]: addTokens(sum.byModel[model] ?? NO_TOKENS, tokens) },
    }),
    NOTHING,
  );
}
