/** `omcm rescue …`: another model in Claude's place, in one session whose window is spent. */
import { readHealth } from '../../client/ensure-daemon.ts';
import type { RescueWord } from '../../core/native-tools/rescue-standing.ts';
import { rescueSetSchema, rescueStatusSchema } from '../../protocol/rescue.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { findSession, type Wanted } from '../mode/find-session.ts';
import { readRescueOffline } from '../rescue/read-rescue-offline.ts';
import { renderRescue } from '../rescue/render-rescue.ts';
import { addDirectoryOption } from '../routing-options.ts';
import { taskDirectory } from '../task-directory.ts';

export const defineRescue: DefineCommand = (command, cli) => {
  const { rescue: text, mode } = cli.m;
  const status = command
    .command('status')
    .description(text.statusSummary)
    .action(({ directory }: Wanted) => show(cli, directory));
  addDirectoryOption(status, cli.m);
  for (const [word, summary] of [
    ['on', text.onSummary],
    ['off', text.offSummary],
  ] as const) {
    const set = command
      .command(word)
      .description(summary)
      .option('--session <id>', mode.optionSession)
      .action((wanted: Wanted) => say(cli, word, wanted));
    addDirectoryOption(set, cli.m);
  }
  addExamples(command, cli, [
    ['omcm rescue status --json', text.exampleStatus],
    ['omcm rescue on', text.exampleOn],
    ['omcm rescue off --session 5f0c1d2e', text.exampleOff],
  ]);
};

async function show(cli: Cli, given: string | undefined): Promise<void> {
  const { output, m, paths } = cli;
  const { socketPath } = paths;
  const directory = await taskDirectory(given, m);
  const isRunning = (await readHealth(socketPath)) !== null;
  const path = `/v1/rescue?directory=${encodeURIComponent(directory)}`;
  const status = isRunning
    ? await askDaemon({ socketPath, path }, rescueStatusSchema, m)
    : await readRescueOffline(cli, directory);
  output.result(status, () => renderRescue(status, m));
}

async function say(cli: Cli, word: RescueWord, wanted: Wanted): Promise<void> {
  const { output, m, paths } = cli;
  await reachDaemon(cli);
  const session = await findSession(cli, wanted);
  const path = `/v1/sessions/${encodeURIComponent(session)}/rescue`;
  const call = { socketPath: paths.socketPath, method: 'POST', path, body: { set: word } } as const;
  const set = await askDaemon(call, rescueSetSchema, m);
  output.result(set, () => `${session}: ${set.notice}`);
}
