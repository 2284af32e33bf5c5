/** A prompt's turn has ended: with an answer? And what did it use? */
import type { PromptResponse } from '@agentclientprotocol/sdk';
import { NO_TOKENS, type TokenUsage } from '../../../core/delegation/engine.ts';
import { type Failure, failure } from '../../../core/delegation/failure.ts';
import type { TurnState } from './session-update.ts';

/** `null`: it ended with an answer. */
export function judgeStop(response: PromptResponse, { isAnswering, hasCalled }: TurnState): Failure | null {
  const { stopReason } = response;
  if (stopReason === 'cancelled') return failure('cancelled');
  if (stopReason !== 'end_turn') return failure('provider-error', { detail: stopReason });
  if (isAnswering) return null;
  // OpenCode ends a turn in this way too: a refused call, an empty answer, a retry that was cancelled.
  if (!hasCalled && usageOf(response).output > 0) return null;
  return failure('provider-garbage', { detail: 'The turn ended without an answer.' });
}

/** OpenCode 1.18.33 reports the last step of a turn, not the whole. The stable protocol does not have it yet. */
export function usageOf(response: PromptResponse | null): TokenUsage {
  const { usage } = (response ?? {}) as { usage?: Readonly<Record<string, unknown>> | null };
  if (usage === undefined || usage === null) return NO_TOKENS;
  const count = (key: string): number => (typeof usage[key] === 'number' ? usage[key] : 0);
  return {
    input: count('inputTokens'),
    output: count('outputTokens'),
    reasoning: count('thoughtTokens'),
    cacheRead: count('cachedReadTokens'),
    cacheWrite: count('cachedWriteTokens'),
  };
}
