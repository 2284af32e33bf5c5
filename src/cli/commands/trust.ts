/** `omcm trust`: in which projects that bring their own OpenCode files work may be delegated. */
import { join } from 'node:path';
import {
  findProjectFiles,
  NO_TRUST,
  type ProjectFile,
  realOf,
  trustedFoldersSpec,
} from '../../adapters/files/trusted-folders.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { printableText } from '../printable-text.ts';
import { readState } from '../routing/read-state.ts';
import { placesOf } from '../setup/places.ts';
import { taskDirectory } from '../task-directory.ts';
import { addTrust, removeTrust } from '../trust/change-trust.ts';

type Options = { readonly list?: true; readonly remove?: true };

export const defineTrust: DefineCommand = (command, cli) => {
  const { trust: text } = cli.m;
  command
    .argument('[folder]', text.argumentFolder)
    .option('--list', text.optionList)
    .option('--remove', text.optionRemove)
    .action((folder: string | undefined, options: Options) => trust(cli, folder, options));
  addExamples(command, cli, [
    ['omcm trust', text.exampleHere],
    ['omcm trust --list', text.optionList],
    ['omcm trust --remove', text.optionRemove],
  ]);
};

async function trust(cli: Cli, given: string | undefined, options: Options): Promise<void> {
  if (options.list === true) return list(cli);
  const directory = await taskDirectory(given, cli.m);
  if (options.remove === true) return remove(cli, await realOf(directory));
  return add(cli, directory, given !== undefined);
}

async function list(cli: Cli): Promise<void> {
  const { output, m, paths } = cli;
  const trusted = await readState(cli, trustedFoldersSpec(paths.trustFile), NO_TRUST);
  output.result({ folders: trusted }, () => trusted.map(({ folder }) => printableText(folder)).join('\n'));
  if (trusted.length === 0) output.say(m.trust.none());
}

async function remove({ output, m, ...cli }: Cli, folder: string): Promise<void> {
  const removed = await removeTrust({ output, m, ...cli }, folder);
  if (removed.length === 0)
    throw new CommandError({ code: 'not-trusted', exit: 'usage', message: m.trust.wasNot(folder) });
  output.result({ removed }, () => '');
  for (const one of removed) output.say(m.trust.removed(one));
}

async function add(cli: Cli, directory: string, isNamed: boolean): Promise<void> {
  const { output, m, paths } = cli;
  const files = await findProjectFiles({ directory, paths, home: placesOf(cli).home });
  const folder = isNamed ? await realOf(directory) : outermost(files, await realOf(directory));
  await addTrust(cli, folder);
  output.result({ folder, files: files.map(pathOf) }, () => '');
  output.say(m.trust.added(folder));
  for (const file of files) output.say(`  ${printableText(pathOf(file))}`);
}

/** What asks for trust may lie above: a session is often started inside a repository, and not at its root. */
function outermost(files: readonly ProjectFile[], directory: string): string {
  const folders = files.map(({ folder }) => folder).sort((a, b) => a.length - b.length);
  return folders[0] ?? directory;
}

function pathOf({ folder, name }: ProjectFile): string {
  return join(folder, name);
}
