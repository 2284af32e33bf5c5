import { explainRoute, toQuestion } from '../../../core/routing/decide-route.ts';
import { describeCall } from '../../../core/routing/describe-call.ts';
import { compiledRulesOf } from '../../../core/rules/compile-rules.ts';
import { type TriedRule, tryRules } from '../../../core/rules/try-rules.ts';
import type { Cli } from '../../cli.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import { percent, timeOfDay } from '../../option-parsers.ts';
import { renderTable } from '../../render-table.ts';
import { gatherInput } from '../../routing/gather-input.ts';
import { renderRoute } from '../../routing/render-route.ts';
import { addRoutingOptions, type RoutingOptions } from '../../routing-options.ts';
import { renderAction } from '../../rules/render-rule.ts';
import { taskDirectory } from '../../task-directory.ts';

type Options = RoutingOptions & {
  readonly at?: number;
  readonly fallback?: true;
  readonly prompt?: string;
  readonly time?: number;
};

export const defineRulesTest: DefineCommand = (command, cli) => {
  const { rules: text, route } = cli.m;
  addRoutingOptions(command, cli);
  command
    .option('--at <percent>', route.optionAt, percent(cli.m, '--at'))
    .option('--fallback', route.optionFallback)
    .option('--prompt <text>', route.optionPrompt)
    .option('--time <time>', text.optionTime, timeOfDay(cli.m, '--time'))
    .action((options: Options) => test(cli, options));
  addExamples(command, cli, [
    ['omcm rules test --agent explore --at 92', text.exampleTest],
    ['omcm rules test --agent writer --time 23:30 --prompt "Write docs/usage.md"', text.exampleTime],
  ]);
};

async function test(cli: Cli, options: Options): Promise<void> {
  const { agent, mode, permissionMode, at, fallback, prompt, time } = options;
  const directory = await taskDirectory(options.directory, cli.m);
  const question = {
    agent,
    directory,
    mode,
    permissionMode,
    prompt,
    atPercent: at,
    fallbackActive: fallback,
  };
  const gathered = await gatherInput(cli, question, Date.now());
  const input = { ...gathered, minuteOfDay: time ?? gathered.minuteOfDay };
  const { decision, trail } = explainRoute(input);
  const facts = describeCall(input, toQuestion(input).resolved);
  const tried = tryRules(compiledRulesOf(input.rules), facts);
  const shown = { decision: { ...decision }, trail: [...trail], decidedBy: 'offline' as const };
  const rules = tried.map(({ rule, ...rest }) => ({ ...rest, id: rule.id, action: rule.action }));
  cli.output.result({ decision, rules }, () =>
    [renderRoute(shown, cli), ...(tried.length === 0 ? [] : ['', renderTried(tried, cli)])].join('\n'),
  );
}

function renderTried(tried: readonly TriedRule[], { m }: Cli): string {
  const { rules: text } = m;
  const rows = tried.map(({ rule, speaks, failing }) => [
    String(rule.priority ?? 0),
    rule.id,
    renderAction(rule),
    speaks ? text.speaks() : failing.length === 0 ? text.fitsToo() : text.fails(failing.join(', ')),
  ]);
  return renderTable(text.testColumns, rows);
}
