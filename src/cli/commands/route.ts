/** `omcm route`: what would happen to a subagent? Needs no daemon and starts none. */

import { SESSION_MODES, type SessionMode } from '../../core/session-mode/session-mode.ts';
import type { Cli } from '../cli.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { oneOf, percent } from '../option-parsers.ts';
import { askRoute } from '../routing/ask-route.ts';
import { renderRoute, renderTrail } from '../routing/render-route.ts';
import { addRoutingOptions, type RoutingOptions } from '../routing-options.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = RoutingOptions & {
  readonly prompt?: string;
  readonly at?: number;
  readonly fallback?: true;
  readonly sessionMode?: SessionMode;
  readonly explain?: true;
  readonly offline?: true;
};

export const defineRoute: DefineCommand = (command, cli) => {
  const { route: text } = cli.m;
  addRoutingOptions(command, cli);
  command
    .option('--prompt <text>', text.optionPrompt)
    .option('--at <percent>', text.optionAt, percent(cli.m, '--at'))
    .option('--fallback', text.optionFallback)
    .option('--session-mode <mode>', text.optionSessionMode, oneOf(cli.m, '--session-mode', SESSION_MODES))
    .option('--explain', text.optionExplain)
    .option('--offline', text.optionOffline)
    .action((options: Options) => route(cli, options));
  addExamples(command, cli, [
    ['omcm route --agent explore', text.exampleSimple],
    ['omcm route --agent planner --at 95 --explain', text.exampleAt],
    ['omcm route --agent oh-my-claudecode:architect --mode fusion --json', text.exampleJson],
  ]);
};

async function route(cli: Cli, options: Options): Promise<void> {
  const { agent, prompt, mode, permissionMode, at, fallback, sessionMode } = options;
  const directory = await taskDirectory(options.directory, cli.m);
  const question = {
    agent,
    prompt,
    directory,
    mode,
    permissionMode,
    atPercent: at,
    fallbackActive: fallback,
    sessionMode,
  };
  const asked = await askRoute(cli, question, { offline: options.offline === true });
  const { decision, trail, decidedBy } = asked;
  cli.output.result(options.explain ? { ...decision, trail, decidedBy } : decision, () =>
    [renderRoute(asked, cli), ...(options.explain ? [renderTrail(asked, cli)] : [])].join('\n'),
  );
}
