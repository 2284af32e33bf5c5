/** `omcm note "…"`: what stands in every hand-over of this project. */
import { projectFolder, projectNotesSpec } from '../../adapters/files/project-notes.ts';
import { readStateFile, updateStateFile } from '../../adapters/files/state-file.ts';
import { oneLine } from '../../core/context/one-line.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { printableText } from '../printable-text.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = { readonly directory?: string };

export const defineNote: DefineCommand = (command, cli) => {
  const { note: text } = cli.m;
  command
    .argument('[text]', text.argumentText)
    .option('-C, --directory <path>', cli.m.program.optionDirectory)
    .action((words: string | undefined, options: Options) => note(cli, oneLine(words ?? ''), options));
  addExamples(command, cli, [
    ['omcm note "amounts stay integers, in cents"', text.exampleAdd],
    ['omcm note', text.exampleList],
  ]);
};

async function note(cli: Cli, text: string, { directory }: Options): Promise<void> {
  const { m, output, paths } = cli;
  const spec = projectNotesSpec(projectFolder(paths.handoffDir, await taskDirectory(directory, m)));
  if (text === '') {
    const read = await readStateFile(spec);
    const notes = read.kind === 'ok' ? read.value : [];
    if (notes.length === 0) output.say(m.note.none());
    output.result({ notes }, () => notes.map((one) => printableText(one.text)).join('\n'));
    return;
  }
  const written = await updateStateFile(spec, (notes) => [...(notes ?? []), { text, at: Date.now() }]);
  if (written.kind === 'failed')
    throw new CommandError({
      code: 'not-written',
      exit: 'failed',
      message: m.failures.file(written.failure),
    });
  output.result({ noted: text }, () => '');
  output.say(m.note.written());
}
