import { compiledRulesOf } from '../../../core/rules/compile-rules.ts';
import type { UserRule } from '../../../core/rules/user-rule.ts';
import type { Cli } from '../../cli.ts';
import { type HereOptions, loadHere } from '../../config/load-here.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import { printableText } from '../../printable-text.ts';
import { renderTable } from '../../render-table.ts';
import { addDirectoryOption } from '../../routing-options.ts';
import { renderAction, renderConditions } from '../../rules/render-rule.ts';

export const defineRulesList: DefineCommand = (command, cli) => {
  addDirectoryOption(command, cli.m);
  command.action((options: HereOptions) => list(cli, options));
  addExamples(command, cli, [['omcm rules list --json', cli.m.rules.exampleList]]);
};

async function list(cli: Cli, options: HereOptions): Promise<void> {
  const { output, m } = cli;
  const { config, problems } = await loadHere(cli, options);
  if (problems.length > 0) output.say(m.route.configProblems(problems.length));
  const asked = compiledRulesOf(config).ordered.map(({ rule, from }) => ({ rule, from }));
  const off = config.rules.filter(({ enabled }) => enabled === false);
  const all = [...asked, ...off.map((rule) => ({ rule, from: 'rules' as const }))];
  const listed = all.map(({ rule, from }) => ({ ...rule, priority: rule.priority ?? 0, from }));
  if (listed.length === 0) output.say(m.rules.none());
  output.result(listed, () => (listed.length === 0 ? '' : renderTable(m.rules.columns, listed.map(rowOf))));

  function rowOf(rule: UserRule & { readonly from: string }): readonly string[] {
    const source = rule.from === 'rules' ? m.rules.origin(rule.origin === 'project') : rule.from;
    const state = rule.enabled === false ? m.rules.off() : String(rule.priority ?? 0);
    const when = renderConditions(rule) || m.rules.always();
    return [state, rule.id, renderAction(rule), when, source, printableText(rule.description ?? '')];
  }
}
