/** How did the task end? One line for a task that was done, a sentence and a hint for any other. */
import type { TaskOutcome } from '../../protocol/task.ts';
import type { Cli } from '../cli.ts';
import { formatDollars, formatDuration, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { isFailureCode } from './failure-exits.ts';
import type { TaskResult } from './task-result.ts';

export function describeEnd(result: TaskResult, { m, output }: Pick<Cli, 'm' | 'output'>): readonly string[] {
  const { decision, outcome, failure } = result;
  if (failure !== null) {
    return [
      `${output.talkColours.red('omcm:')} ${describeFailure(failure, m)}`,
      ...hintsOnFailure(failure, m),
    ];
  }
  if (outcome === null) return [];
  const name = decision?.target?.name ?? outcome.model;
  const summary = output.talkColours.dim(summarise(name, outcome, m));
  return outcome.fullTextFile === null ? [summary] : [m.run.fullText(outcome.fullTextFile), summary];
}

function summarise(
  model: string,
  { tokens, costUsd, durationMs, filesChanged }: TaskOutcome,
  m: Messages,
): string {
  const input = formatTokens(tokens.input + tokens.cacheRead + tokens.cacheWrite);
  const parts = [
    model,
    m.run.tokens(input, formatTokens(tokens.output + tokens.reasoning)),
    // OpenCode says 0 for a model whose price it does not know.
    ...(costUsd > 0 ? [formatDollars(costUsd)] : []),
    formatDuration(durationMs),
    m.run.filesChanged(filesChanged.length),
  ];
  return parts.join(' · ');
}

type Failure = NonNullable<TaskResult['failure']>;

function describeFailure({ code, message, detail }: Failure, m: Messages): string {
  const sentence = isFailureCode(code) && code !== 'cancelled' ? m.failures.task(code) : message;
  return m.run.failed(sentence, printableText(detail ?? ''));
}

function hintsOnFailure({ code, retryAfterMs }: Failure, m: Messages): readonly string[] {
  if (code === 'daemon-lost') return [`      ${m.run.lostHint()}`];
  return retryAfterMs === undefined ? [] : [`      ${m.run.retryAfter(formatDuration(retryAfterMs))}`];
}
