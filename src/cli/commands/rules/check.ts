import { distance } from 'fastest-levenshtein';
import { AGENTS } from '../../../core/agents/catalogue.ts';
import type { ConfigProblem } from '../../../core/config/config-problem.ts';
import { pickNearest } from '../../../core/config/suggest.ts';
import { findDoubts, type RuleDoubt } from '../../../core/rules/find-doubts.ts';
import type { Cli } from '../../cli.ts';
import { type HereOptions, loadHere } from '../../config/load-here.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import { addDirectoryOption } from '../../routing-options.ts';

export const defineRulesCheck: DefineCommand = (command, cli) => {
  addDirectoryOption(command, cli.m);
  command.action((options: HereOptions) => check(cli, options));
  addExamples(command, cli, [['omcm rules check --json', cli.m.rules.exampleCheck]]);
};

async function check(cli: Cli, options: HereOptions): Promise<void> {
  const { output, m } = cli;
  const { config, problems } = await loadHere(cli, options);
  // A file that cannot be used at all takes its rules with it.
  const wrong = problems.filter(({ keyPath }) => keyPath === '' || /^rules\b/.test(keyPath));
  const doubts = findDoubts(config).map(withSuggestion);
  output.result({ rules: config.rules.length, problems: wrong, doubts }, () =>
    [
      ...wrong.map((problem) => renderProblem(problem, cli)),
      ...doubts.map((doubt) => m.rules.doubt(doubt)),
    ].join('\n\n'),
  );
  output.say(m.rules.checked(config.rules.length, wrong.length, doubts.length));
  if (wrong.length > 0) cli.finish('problemsFound');
}

export type ShownDoubt = RuleDoubt & { readonly suggestion?: string };

function withSuggestion(doubt: RuleDoubt): ShownDoubt {
  if (doubt.code !== 'unknown-agent') return doubt;
  const names = AGENTS.map(({ name }) => name);
  const suggestion = pickNearest(doubt.agent, names, distance);
  return suggestion === undefined ? doubt : { ...doubt, suggestion };
}

function renderProblem(problem: ConfigProblem, { m, output }: Cli): string {
  const { source, keyPath, rule, expected, received, suggestion } = problem;
  const name = rule === undefined ? keyPath || m.config.wholeFile() : `${keyPath} (${rule})`;
  return [
    `${output.colours.bold(source)}  ${output.colours.yellow(name)}`,
    `  ${m.config.problem(problem)}`,
    `  ${m.config.expected(expected)}`,
    `  ${m.config.received(received)}`,
    ...(suggestion === undefined ? [] : [`  ${m.config.suggestion(suggestion)}`]),
  ].join('\n');
}
