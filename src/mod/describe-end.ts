/** How does a delegated answer end: with which closing words, and with which usage? */
import { NO_TOKENS, type TokenUsage } from '../core/delegation/engine.ts';
import type { TaskEvent, TaskOutcome } from '../protocol/task.ts';
import type { StepUsage } from './engine-interface.ts';

type LastEvent = Extract<TaskEvent, { type: 'finished' | 'failed' }>;

export function describeEnd(
  event: LastEvent,
  hasText: boolean,
): { readonly closing: string; readonly usage: StepUsage } {
  const usage = usageOf(event.outcome);
  if (event.type === 'finished')
    return { closing: hasText ? '' : '(The subagent ended without a report.)', usage };
  const { filesChanged } = event.outcome;
  const changed = filesChanged.length === 0 ? '' : ` It had changed: ${filesChanged.join(', ')}.`;
  return {
    closing: `\n\n[OMCM: the answer ends here. ${event.failure.message}${changed} What stands above is incomplete.]`,
    usage,
  };
}

/** For the conductor, who would otherwise start the same work again. */
export function describeLoss(code: string, hasText: boolean): string {
  if (hasText)
    return `\n\n[OMCM: the answer ends here, the daemon was lost (${code}). What stands above is incomplete.]`;
  return `[OMCM: the daemon was lost (${code}) while this subagent was at work. There is no report, and it may have changed files: look at them before anybody does this again.]`;
}

export function usageOf(outcome: TaskOutcome | null): StepUsage {
  return toUsage(outcome?.tokens ?? NO_TOKENS, outcome?.model ?? 'unknown');
}

export function toUsage(tokens: TokenUsage, model: string): StepUsage {
  return {
    input_tokens: tokens.input,
    output_tokens: tokens.output + tokens.reasoning,
    cache_creation_input_tokens: tokens.cacheWrite,
    cache_read_input_tokens: tokens.cacheRead,
    model,
  };
}
