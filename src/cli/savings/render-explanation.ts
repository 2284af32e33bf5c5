/** Task by task: the line of the log that it stands in, and how its figures follow from that. */
import type { TaskSavings } from '../../core/savings/task-savings.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { formatBand, formatUsdBand } from './render-savings.ts';

export function renderExplanation(tasks: readonly TaskSavings[], { m, paths }: Cli): readonly string[] {
  const { savings: text } = m;
  return ['', text.explained(paths.outcomeLogFile, paths.claudeUsageFile), ...tasks.flatMap(explain)];

  function explain({ task, claudeModel, onClaude, answer, savedTokens, savedUsd, spentUsd }: TaskSavings) {
    const { requestId, timestamp, agent, failure, spent } = task;
    return [
      '',
      `requestId ${requestId}  ${new Date(timestamp).toISOString()}  ${printableText(agent)}`,
      ...spent.map(({ provider, model, tokens, costUsd }) => {
        const { input, output, reasoning, cacheRead, cacheWrite } = tokens;
        const used = text.used(input, output, reasoning, cacheRead, cacheWrite);
        return `  ${printableText(`${provider}/${model}`)}: ${used}; ${text.reported(costUsd)}`;
      }),
      ...(failure === null
        ? [
            `  ${text.onClaude(claudeModel, formatBand(onClaude.tokens), onClaude.usd === null ? text.unknown() : formatUsdBand(onClaude.usd))}`,
            `  ${text.answer(answer.tokens)}`,
          ]
        : [`  ${text.failed(printableText(failure))}`]),
      `  ${text.saved(
        formatBand(savedTokens),
        savedUsd === null ? text.unknown() : formatUsdBand(savedUsd),
        spentUsd === null,
      )}`,
    ];
  }
}
