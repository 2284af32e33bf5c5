/** `omcm context`: the hand-over document of a session, or all that it is made of as JSON. Needs no daemon. */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeBrief } from '../../core/context/render-brief.ts';
import { serialiseContext } from '../../core/context/serialise-context.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { gatherHere } from '../context/gather-here.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = {
  readonly markdown?: true;
  readonly brief?: true;
  readonly session?: string;
  readonly transcript?: string;
  readonly directory?: string;
};

export const defineContext: DefineCommand = (command, cli) => {
  const { context: text } = cli.m;
  command
    .option('--markdown', text.optionMarkdown)
    .option('--brief', text.optionBrief)
    .option('--session <id>', text.optionSession)
    .option('--transcript <file>', text.optionTranscript)
    .option('-C, --directory <path>', cli.m.program.optionDirectory)
    .action((options: Options) => context(cli, options));
  addExamples(command, cli, [
    ['omcm context', text.exampleDocument],
    ['omcm context --json', text.exampleJson],
    ['omcm context --directory ~/shop --session 653e2646-5971-425f-a9b0-e6ed0b25e65f', text.exampleSession],
  ]);
};

async function context(
  cli: Cli,
  { session, transcript, directory, markdown, brief }: Options,
): Promise<void> {
  const { output, m } = cli;
  if (transcript !== undefined) await mustBeThere(resolve(transcript), m);
  const handover = await gatherHere(cli, {
    directory: await taskDirectory(directory, m),
    sessionId: session,
    transcript: transcript === undefined ? undefined : resolve(transcript),
  });
  if (handover.context.meta.sessionId === null) output.say(m.context.noSession());
  if (brief === true) output.write(`${writeBrief(handover.context)}\n`);
  else if (markdown === true) output.write(handover.document);
  else output.result(serialiseContext(handover.context), () => handover.document.trimEnd());
}

async function mustBeThere(file: string, m: Cli['m']): Promise<void> {
  try {
    await access(file);
  } catch {
    throw new CommandError({ code: 'no-transcript', exit: 'usage', message: m.context.noTranscript(file) });
  }
}
