/** `omcm mode`: what was asked of one session of Claude Code; see it, set it, end it. */
import { Argument } from 'commander';
import { SESSION_MODES } from '../../core/session-mode/session-mode.ts';
import {
  sessionModeSetSchema,
  sessionModeStatusSchema,
  sessionStoppedSchema,
} from '../../protocol/session-mode.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { findSession } from '../mode/find-session.ts';
import { oneOf } from '../option-parsers.ts';
import { addDirectoryOption } from '../routing-options.ts';

const WORDS = [...SESSION_MODES, 'off', 'stop'] as const;

type Options = { readonly session?: string; readonly directory?: string };

export const defineMode: DefineCommand = (command, cli) => {
  const { mode: text } = cli.m;
  command
    .addArgument(new Argument('[mode]', text.argumentMode).argParser(oneOf(cli.m, '[mode]', WORDS)))
    .option('--session <id>', text.optionSession)
    .action((word: (typeof WORDS)[number] | undefined, options: Options) => mode(cli, word, options));
  addDirectoryOption(command, cli.m);
  addExamples(command, cli, [
    ['omcm mode', text.exampleShow],
    ['omcm mode hulw', text.exampleSet],
    ['omcm mode stop --session 5f0c1d2e --json', text.exampleStop],
  ]);
};

async function mode(
  cli: Cli,
  word: (typeof WORDS)[number] | undefined,
  { session, directory }: Options,
): Promise<void> {
  const { output, m } = cli;
  const { socketPath } = cli.paths;
  await reachDaemon(cli);
  const sessionId = await findSession(cli, { session, directory });
  const path = `/v1/sessions/${encodeURIComponent(sessionId)}`;
  if (word === undefined) {
    const status = await askDaemon({ socketPath, path: `${path}/mode` }, sessionModeStatusSchema, m);
    return output.result(status, () => m.mode.is(sessionId, status.mode));
  }
  if (word === 'stop') {
    const call = { socketPath, method: 'POST', path: `${path}/stop`, body: {} } as const;
    const stopped = await askDaemon(call, sessionStoppedSchema, m);
    return output.result(stopped, () => m.mode.stopped(sessionId, stopped));
  }
  const call = { socketPath, method: 'POST', path: `${path}/mode`, body: { mode: word } } as const;
  const set = await askDaemon(call, sessionModeSetSchema, m);
  output.result(set, () => m.mode.is(sessionId, set.mode));
}
