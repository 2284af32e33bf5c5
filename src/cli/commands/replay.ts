/** `omcm replay`: the calls in the log under another configuration. Nothing is run, nothing is changed. */
import { resolve } from 'node:path';
import { loadConfigFile } from '../../adapters/files/load-config.ts';
import { replayCalls } from '../../core/routing/replay.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { since } from '../option-parsers.ts';
import { readRecords } from '../read-records.ts';
import { renderReplay } from '../replay/render-replay.ts';
import { toPastCalls } from '../replay/to-past-calls.ts';

type Options = { readonly config?: string; readonly since?: number };

const CONFIG = '--config <file>';

export const defineReplay: DefineCommand = (command, cli) => {
  const { replay: text } = cli.m;
  command
    .option(CONFIG, text.optionConfig)
    .option('--since <time>', text.optionSince, since(cli.m, '--since', Date.now()))
    .action((options: Options) => replay(cli, options));
  addExamples(command, cli, [
    ['omcm replay --config stricter.json', text.exampleAll],
    ['omcm replay --config fusion.yaml --since 7d --json', text.exampleSince],
  ]);
};

async function replay(cli: Cli, { config: file, since: from = 0 }: Options): Promise<void> {
  const { output, m } = cli;
  if (file === undefined) throw missingConfig(cli);
  const loaded = await loadConfigFile(resolve(file));
  if (loaded === null) {
    throw new CommandError({ code: 'no-such-file', exit: 'usage', message: m.replay.noFile(file) });
  }
  const unusable = loaded.problems.find(({ code }) => code === 'syntax' || code === 'unreadable');
  if (unusable !== undefined) {
    throw new CommandError({
      code: unusable.code,
      exit: 'problemsFound',
      message: m.config.problem(unusable),
    });
  }
  for (const problem of loaded.problems) output.complain(m.config.problem(problem));
  const records = (await readRecords(cli)).filter(({ timestamp }) => timestamp >= from);
  const { calls, skipped } = toPastCalls(records);
  const result = replayCalls(calls, {
    rules: loaded.config,
    mode: loaded.saysMode ? loaded.config.mode : null,
  });
  output.result({ ...result, skipped, problems: loaded.problems }, () => renderReplay(result, cli));
  if (skipped > 0) output.say(m.replay.skipped(skipped));
}

function missingConfig({ m }: Cli): CommandError {
  const message = m.usage.missingOption(CONFIG);
  return new CommandError({ code: 'usage', exit: 'usage', message, hint: m.usage.seeHelp('omcm replay') });
}
