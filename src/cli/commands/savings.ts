/** `omcm savings`: what other models did in Claude's place, what that would have taken there, and what Claude took itself. */

import { GROUPINGS, type Grouping } from '../../core/savings/sum-savings.ts';
import type { Cli } from '../cli.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { oneOf, since } from '../option-parsers.ts';
import { gatherSavings } from '../savings/gather-savings.ts';
import { renderCsv } from '../savings/render-csv.ts';
import { renderExplanation } from '../savings/render-explanation.ts';
import { renderSavings } from '../savings/render-savings.ts';
import { showShadow } from '../savings/show-shadow.ts';

type Options = {
  readonly by: Grouping;
  readonly since?: number;
  readonly csv?: boolean;
  readonly explain?: boolean;
  readonly shadow?: boolean;
};

export const defineSavings: DefineCommand = (command, cli) => {
  const { m } = cli;
  const { savings: text } = m;
  command
    .option('--by <what>', text.optionBy, oneOf(m, '--by', GROUPINGS), 'day')
    .option('--since <time>', text.optionSince, since(m, '--since', Date.now()))
    .option('--csv', text.optionCsv)
    .option('--explain', text.optionExplain)
    .option('--shadow', text.optionShadow)
    .action((options: Options) => showSavings(cli, options));
  addExamples(command, cli, [
    ['omcm savings --since 7d', text.exampleWeek],
    ['omcm savings --by model --csv > savings.csv', text.exampleCsv],
    ['omcm savings --explain', text.exampleExplain],
    ['omcm savings --shadow', text.exampleShadow],
  ]);
};

async function showSavings(cli: Cli, { by, since: from, csv, explain, shadow }: Options): Promise<void> {
  if (shadow === true) return showShadow(cli, from ?? null);
  const { output } = cli;
  const { tasks, ...report } = await gatherSavings(cli, { by, since: from ?? null });
  if (csv === true) return output.write(renderCsv(report));
  output.result(explain === true ? { ...report, explained: tasks } : report, () =>
    [renderSavings(report, cli), ...(explain === true ? renderExplanation(tasks, cli) : [])].join('\n'),
  );
}
