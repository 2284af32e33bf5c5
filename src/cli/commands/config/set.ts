import { setConfigValue, splitKeyPath } from '../../../adapters/files/edit-config.ts';
import { projectConfigFile } from '../../../adapters/files/paths.ts';
import type { ConfigProblem } from '../../../core/config/config-problem.ts';
import { guardProjectLayer } from '../../../core/config/guard-project-layer.ts';
import { nestValue } from '../../../core/config/key-path.ts';
import { settingFromText } from '../../../core/config/setting-from-text.ts';
import type { Cli } from '../../cli.ts';
import { CommandError } from '../../command-error.ts';
import { findOutvoted } from '../../config/find-outvoted.ts';
import { loadHere } from '../../config/load-here.ts';
import { renderValue } from '../../config/render-value.ts';
import { unknownKey } from '../../config/unknown-key.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import type { Messages } from '../../messages.ts';
import { addDirectoryOption } from '../../routing-options.ts';
import { taskDirectory } from '../../task-directory.ts';

type Options = { readonly project?: true; readonly directory?: string };

export const defineSet: DefineCommand = (command, cli) => {
  const { config: text } = cli.m;
  command
    .argument('<key>', text.argumentKey)
    .argument('<value>', text.argumentValue)
    .option('--project', text.optionProject)
    .action((key: string, value: string, options: Options) => set(cli, { key, text: value }, options));
  addDirectoryOption(command, cli.m);
  addExamples(command, cli, [
    ['omcm config set mode fusion', text.exampleSet],
    ['omcm config set routing.preferClaude architect,critic', text.exampleList],
  ]);
};

type Setting = { readonly key: string; readonly text: string };

async function set(cli: Cli, { key, text }: Setting, options: Options): Promise<void> {
  const { output, m, paths } = cli;
  const value = settingFromText(splitKeyPath(key), text);
  const file = options.project ? await projectFile({ key, value }, options, m) : paths.userConfigFile;
  const edit = await setConfigValue({ file, keyPath: key, value });
  if (edit.kind === 'refused') throw refusal(edit.problem, key, m);
  if (edit.kind === 'failed') {
    throw new CommandError({ code: 'not-written', exit: 'failed', message: m.failures.file(edit.failure) });
  }
  output.result({ file: edit.file, key, value }, () => '');
  output.say(m.config.written(key, renderValue(value), edit.file));
  await warnIfOutvoted(cli, { key, value }, options);
}

type NewValue = { readonly key: string; readonly value: unknown };

async function projectFile({ key, value }: NewValue, options: Options, m: Messages): Promise<string> {
  const file = projectConfigFile(await taskDirectory(options.directory, m));
  const [problem] = guardProjectLayer(file, nestValue(splitKeyPath(key), value)).problems;
  if (problem === undefined) return file;
  throw new CommandError({ code: problem.code, exit: 'usage', message: m.config.problem(problem) });
}

function refusal(problem: ConfigProblem, key: string, m: Messages): CommandError {
  const { code, suggestion } = problem;
  if (code === 'unknown-key') return unknownKey(key, suggestion, m);
  const isFault = code === 'invalid-value';
  const message = isFault ? m.config.invalid(problem.keyPath || key, problem) : m.config.problem(problem);
  return new CommandError({ code, exit: isFault ? 'usage' : 'failed', message });
}

async function warnIfOutvoted(cli: Cli, { key, value }: NewValue, options: Options): Promise<void> {
  const { config } = await loadHere(cli, options);
  const holds = findOutvoted(config, splitKeyPath(key), value);
  if (holds !== null) cli.output.say(cli.m.config.outvoted(key, holds));
}
