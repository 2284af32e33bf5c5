/** `omcm handoff`: a session goes on in OpenCode, and what came of it there comes back. Needs no daemon. */
import { relative } from 'node:path';
import { bringBack, type HandedOver, handOver } from '../../context/hand-over.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { handoverParts } from '../context/gather-here.ts';
import { listHandoffs } from '../context/list-handoffs.ts';
import { firstMessage, openOpencode, shellCommand } from '../context/open-opencode.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { oneOf } from '../option-parsers.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = {
  readonly to?: 'opencode';
  readonly open?: true;
  readonly back?: true;
  readonly history?: true;
  readonly session?: string;
  readonly directory?: string;
};

export const defineHandoff: DefineCommand = (command, cli) => {
  const { handoff: text } = cli.m;
  command
    .option('--to <who>', text.optionTo, oneOf(cli.m, '--to', ['opencode']))
    .option('--open', text.optionOpen)
    .option('--back', text.optionBack)
    .option('--history', text.optionHistory)
    .option('--session <id>', text.optionSession)
    .option('-C, --directory <path>', cli.m.program.optionDirectory)
    .action((options: Options) => handoff(cli, options));
  addExamples(command, cli, [
    ['omcm handoff', text.exampleWrite],
    ['omcm handoff --open', text.exampleOpen],
    ['omcm handoff --back', text.exampleBack],
  ]);
};

async function handoff(cli: Cli, { session, back, history, open, directory: given }: Options): Promise<void> {
  const directory = await taskDirectory(given, cli.m);
  if (history === true) await listHandoffs(cli, directory);
  else if (back === true) await comeBack(cli, directory, session);
  else await goThere(cli, { directory, session, open: open === true });
}

async function goThere(
  cli: Cli,
  {
    directory,
    session,
    open,
  }: { readonly directory: string; readonly session: string | undefined; readonly open: boolean },
): Promise<void> {
  const { m, output, paths } = cli;
  const { config, parts } = await handoverParts(cli, directory);
  const place = { directory, claudeDir: paths.claudeDir, sessionId: session };
  const done = await handOver(place, parts).catch(writeFailed(cli));
  const command = shellCommand(config, directory);
  output.result({ ...describe(done), command }, () => done.file);
  output.say(m.handoff.written(relative(directory, done.file), done.document.length));
  const message = firstMessage(done, config, { directory, m });
  if (open) return openOpencode(cli, config, { directory, message });
  output.say(m.handoff.goOn(command));
  output.say(m.handoff.comeBack());
}

async function comeBack(cli: Cli, directory: string, session: string | undefined): Promise<void> {
  const { m, output, env } = cli;
  const { config, parts } = await handoverParts(cli, directory);
  const { command, args } = config.opencode;
  const done = await bringBack({ command, args, env, directory, sessionId: session }, parts).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.syscall !== undefined && !error.syscall.startsWith('spawn')) return writeFailed(cli)(error);
      throw new CommandError({
        code: 'opencode-failed',
        exit: 'failed',
        message: m.handoff.noOpencode(command),
        hint: m.handoff.hintOpencode(),
      });
    },
  );
  if (done === null)
    throw new CommandError({ code: 'no-session', exit: 'failed', message: m.handoff.noSession() });
  output.result(describe(done), () => done.document.trimEnd());
  output.say(m.handoff.written(relative(directory, done.file), done.document.length));
  output.say(m.handoff.resume());
}

function describe({ file, document, context }: HandedOver) {
  return { file, sessionId: context.meta.sessionId, chars: document.length };
}

function writeFailed({ m }: Cli): (error: Error) => never {
  return (error) => {
    throw new CommandError({
      code: 'not-written',
      exit: 'failed',
      message: m.handoff.notWritten(error.message),
    });
  };
}
