/** `omcm top`: what goes on, in the terminal. */

import { liveWords } from '../../core/live/live-words.ts';
import type { Cli } from '../cli.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { readLocale } from '../read-locale.ts';
import { followLive, readWhole } from '../top/follow-live.ts';
import { renderTop } from '../top/render-top.ts';
import { runTop } from '../top/run-top.ts';
import { FIRST_VIEW } from '../top/top-view.ts';

/** Where nobody says how wide it is, such as in a file. */
const WIDE = 120;

export const defineTop: DefineCommand = (command, cli) => {
  const { top: text } = cli.m;
  command
    .option('--once', text.optionOnce)
    .action((options: { readonly once?: true }) => show(cli, options.once === true));
  addExamples(command, cli, [
    ['omcm top', text.exampleLive],
    ['omcm top --once', text.exampleOnce],
    ['omcm top --json', text.exampleJson],
  ]);
};

async function show(cli: Cli, once: boolean): Promise<void> {
  const { output, settings, paths, env } = cli;
  const isJson = settings().json === true;
  await reachDaemon(cli);
  if (isJson && !once) return printChanges(cli);
  const words = liveWords(await readLocale(paths, env));
  if (!isJson && !once && output.dataOnTerminal && process.stdin.isTTY) return runTop(cli, words);
  const state = await readWhole(cli);
  const columns = process.stdout.columns || WIDE;
  const frame = { columns, rows: null, colours: output.colours, words, now: Date.now() };
  output.result(state, () => renderTop(state, FIRST_VIEW, frame).join('\n'));
}

async function printChanges(cli: Cli): Promise<void> {
  for await (const state of followLive(cli)) cli.output.write(`${JSON.stringify(state)}\n`);
}
