/** `omcm run`: one delegated task from the terminal. Its text is data; Ctrl-C cancels it. */
import type { TaskRequest } from '../../protocol/task.ts';
import type { Cli } from '../cli.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { sessionAround } from '../mode/session-around.ts';
import { sessionRights } from '../mode/session-rights.ts';
import { count } from '../option-parsers.ts';
import { printableText } from '../printable-text.ts';
import { addRoutingOptions, type RoutingOptions } from '../routing-options.ts';
import { describeEnd } from '../run/describe-end.ts';
import { exitOfResult } from '../run/exit-of-result.ts';
import { followTask } from '../run/follow-task.ts';
import { hintWhenKept } from '../run/hint-when-kept.ts';
import { readPrompt } from '../run/read-prompt.ts';
import { createTaskPrinter } from '../run/task-printer.ts';
import type { TaskResult } from '../run/task-result.ts';
import { stopOnSignal } from '../stop-on-signal.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = RoutingOptions & { readonly timeout?: number };

export const defineRun: DefineCommand = (command, cli) => {
  const { run: text } = cli.m;
  addRoutingOptions(command, cli);
  command
    .argument('<prompt>', text.argumentPrompt)
    .option('--timeout <seconds>', text.optionTimeout, count(cli.m, '--timeout'))
    .action((prompt: string, options: Options) => run(cli, prompt, options));
  addExamples(command, cli, [
    ['omcm run --agent explore --mode save-tokens "Where are prices formatted?"', text.exampleSimple],
    ['omcm run --agent architect --mode fusion - < plan.md', text.exampleStdin],
    [
      'omcm run --agent writer --mode fusion --permission-mode acceptEdits "Write docs/usage.md"',
      text.exampleWrite,
    ],
  ]);
};

async function run(cli: Cli, given: string, options: Options): Promise<void> {
  const request = await toRequest(cli, given, options);
  const printer = createTaskPrinter(cli);
  await stopOnSignal(async (signal) => {
    await reachDaemon(cli);
    const task = { socketPath: cli.paths.socketPath, request, signal };
    const result = await followTask({ ...task, onStart: printer.start, onEvent: printer.event }, cli.m);
    printer.end();
    tell(result, options.agent, cli);
    cli.finish(exitOfResult(result));
  });
}

async function toRequest(cli: Cli, given: string, options: Options): Promise<TaskRequest> {
  const { agent, mode, timeout } = options;
  const permissionMode = await sessionRights(cli, options.permissionMode);
  const directory = await taskDirectory(options.directory, cli.m);
  const prompt = await readPrompt(given, cli.m);
  const sessionId = sessionAround(cli.env);
  return {
    agent,
    prompt,
    directory,
    via: 'cli',
    ...(cli.env.TRACEPARENT === undefined ? {} : { traceparent: cli.env.TRACEPARENT }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(mode === undefined ? {} : { mode }),
    ...(permissionMode === undefined ? {} : { permissionMode }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout * 1_000 }),
  };
}

function tell(result: TaskResult, agent: string, cli: Cli): void {
  const { output, m } = cli;
  const { decision, failure } = result;
  output.result(result, () => '');
  if (decision?.block !== undefined) {
    const { rule } = decision.block;
    output.complain(rule === null ? m.run.nobodyLeft(agent) : m.run.blocked(agent, rule));
    output.complain(`      ${printableText(decision.block.message)}`);
    return;
  }
  if (decision?.route === false) {
    output.complain(m.run.kept(agent, decision.reason));
    output.complain(`      ${hintWhenKept(decision, agent, m)}`);
    return;
  }
  const tellIt = failure === null ? output.say : output.complain;
  for (const line of describeEnd(result, cli)) tellIt(line);
}
