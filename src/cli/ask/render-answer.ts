import type { Cli } from '../cli.ts';
import { formatDollars, formatDuration, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { isFailureCode } from '../run/failure-exits.ts';
import type { Answer } from './answer.ts';

/** A heading with what it took, and below it what was said, or why nothing was. */
export function renderAnswer(answer: Answer, { m, output }: Pick<Cli, 'm' | 'output'>): string {
  const { model, text, failure, fullTextFile } = answer;
  const { colours } = output;
  const heading = [colours.bold(`── ${printableText(model)}`), colours.dim(describeEffort(answer, m))];
  const said = output.dataOnTerminal ? printableText(text.trimEnd()) : text.trimEnd();
  return [
    heading.join('  ').trimEnd(),
    ...(said === '' ? [] : [said]),
    ...(fullTextFile === null ? [] : [m.run.fullText(fullTextFile)]),
    ...(failure === null ? [] : [colours.red(describeFailure(failure, m))]),
  ].join('\n');
}

function describeEffort({ tokens, costUsd, durationMs }: Answer, m: Messages): string {
  if (tokens === null || durationMs === null) return '';
  const input = formatTokens(tokens.input + tokens.cacheRead + tokens.cacheWrite);
  const parts = [
    formatDuration(durationMs),
    m.run.tokens(input, formatTokens(tokens.output + tokens.reasoning)),
    ...(costUsd === null || costUsd === 0 ? [] : [formatDollars(costUsd)]),
  ];
  return parts.join(' · ');
}

function describeFailure(
  { code, message, detail = '' }: NonNullable<Answer['failure']>,
  m: Messages,
): string {
  const sentence = isFailureCode(code) ? m.failures.task(code) : message;
  return m.run.failed(m.ask.failed(printableText(sentence)), printableText(detail));
}
