/** `omcm ask`: one prompt to several models at once, their answers beside each other. Nobody judges them here. */
import type { AskRequest } from '../../protocol/ask.ts';
import type { Answer } from '../ask/answer.ts';
import { askAll } from '../ask/ask-all.ts';
import { checkModels } from '../ask/check-models.ts';
import { renderAnswer } from '../ask/render-answer.ts';
import { confirmSpending } from '../budget/confirm-spending.ts';
import { addSpendingOptions, type SpendingOptions } from '../budget/spending-options.ts';
import type { Cli } from '../cli.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import type { Exit } from '../exit-codes.ts';
import { addExamples } from '../list-examples.ts';
import { count } from '../option-parsers.ts';
import { addDirectoryOption } from '../routing-options.ts';
import { exitOfFailure } from '../run/failure-exits.ts';
import { readPrompt } from '../run/read-prompt.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = SpendingOptions & {
  readonly models?: readonly string[];
  readonly directory?: string;
  readonly timeout?: number;
};

export const defineAsk: DefineCommand = (command, cli) => {
  const { ask: text } = cli.m;
  command
    .argument('<prompt>', cli.m.run.argumentPrompt)
    .option('--models <names>', text.optionModels, splitNames)
    .option('--timeout <seconds>', cli.m.run.optionTimeout, count(cli.m, '--timeout'))
    .action((prompt: string, options: Options) => ask(cli, prompt, options));
  addDirectoryOption(command, cli.m);
  addSpendingOptions(command, cli);
  addExamples(command, cli, [
    ['omcm ask "Is a queue the right choice in src/worker.ts?"', text.exampleAll],
    ['omcm ask --models openai/gpt-5.2,gemini - < plan.md', text.exampleModels],
    ['omcm ask --models gpt-5.2,gemini-3-flash "Name three risks" --json', text.exampleJson],
  ]);
};

async function ask(cli: Cli, given: string, options: Options): Promise<void> {
  const { output } = cli;
  const request = await toRequest(cli, given, options);
  await reachDaemon(cli);
  const checked = await checkModels(cli, request);
  const { models } = checked;
  const { exceeded, near } = checked.check;
  const isTight = exceeded.length + near.length > 0;
  const confirmed = isTight && (await confirmSpending(cli, checked.check, options));
  output.say(cli.m.ask.asking(models.join(', ')));
  const json = cli.settings().json === true;
  let told = 0;
  const answers = await askAll(cli, { ...request, models, confirmed }, (answer) => {
    if (json) return;
    output.write(`${told === 0 ? '' : '\n'}${renderAnswer(answer, cli)}\n`);
    told += 1;
  });
  output.result({ answers }, () => '');
  cli.finish(exitOf(answers));
}

async function toRequest(cli: Cli, given: string, options: Options): Promise<AskRequest> {
  const { models, timeout } = options;
  const directory = await taskDirectory(options.directory, cli.m);
  return {
    prompt: await readPrompt(given, cli.m),
    directory,
    ...(models === undefined ? {} : { models: [...models] }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout * 1_000 }),
  };
}

function splitNames(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** One answer is an answer. */
function exitOf(answers: readonly Answer[]): Exit {
  const failures = answers.map(({ failure }) => failure);
  const [first] = failures;
  if (first === undefined || first === null || failures.includes(null)) return 'ok';
  if (first.code === 'daemon-lost') return 'daemonUnreachable';
  return exitOfFailure(first.code);
}
