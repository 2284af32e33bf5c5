/**
 * The plugin, by Claude Code's own commands. They write settings.json anew, in another order and layout, and refuse one
 * with comments: so afterwards it becomes what it was, with what they added.
 */
import { setInJsonText } from '../../adapters/files/edit-json-text.ts';
import { isJsonObject } from '../../adapters/files/read-json-object.ts';
import { valueAt } from '../../core/config/key-path.ts';
import { VERSION } from '../../version.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { Change } from './change.ts';
import { isStrictJson, readSettingsText, sayTheSame, toStrictJson } from './claude-settings-text.ts';
import { type Places, placesOf } from './places.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';
import type { RecordKeeper } from './setup-record.ts';
import type { Machine } from './survey-machine.ts';
import { readBytes } from './user-file.ts';

const PLUGIN_KEY = 'omcm@omcm';
const MARKETPLACE = 'omcm';
const COMMAND_MS = 120_000;

export function planPlugin(cli: Cli, machine: Machine, root: string): readonly Change[] {
  const commands = commandsFor(machine, root);
  const hasComments = machine.settings !== null && !isStrictJson(machine.settings);
  if (commands.length === 0 && !hasComments) return [];
  const places = placesOf(cli);
  return [
    {
      id: 'plugin',
      target: places.settings,
      lines: [
        ...(hasComments ? [cli.m.setup.commentsGo(places.settings)] : []),
        ...commands.map((args) => `claude ${args.join(' ')}`),
      ],
      apply: (keeper) => install(cli, { machine, places, commands, keeper }),
    },
  ];
}

type Installation = {
  readonly machine: Machine;
  readonly places: Places;
  readonly commands: readonly (readonly string[])[];
  readonly keeper: RecordKeeper;
};

function commandsFor({ claudeSetup, marketplaces }: Machine, root: string): readonly (readonly string[])[] {
  const { plugin, settings } = claudeSetup;
  const knownAt = placeOfMarketplace(marketplaces);
  // One that the user added himself, by the address of a repository, is as good as ours.
  const isFine = knownAt === root || comesFromAfar(marketplaces);
  const isEnabled = settings.some(
    ({ settings: said }) => isJsonObject(said.enabledPlugins) && said.enabledPlugins[PLUGIN_KEY] === true,
  );
  if (plugin?.key === PLUGIN_KEY && plugin.version === VERSION && isFine && isEnabled) return [];
  return [
    ...(plugin === null ? [] : [['plugin', 'uninstall', '--keep-data', plugin.key]]),
    ...(knownAt === null || knownAt === root ? [] : [['plugin', 'marketplace', 'remove', MARKETPLACE]]),
    ['plugin', 'marketplace', 'add', root],
    ['plugin', 'install', PLUGIN_KEY],
  ];
}

function placeOfMarketplace(text: string | null): string | null {
  return textAt(text, [MARKETPLACE, 'installLocation']);
}

function comesFromAfar(text: string | null): boolean {
  return ['git', 'github'].includes(textAt(text, [MARKETPLACE, 'source', 'source']) ?? '');
}

function textAt(text: string | null, path: readonly string[]): string | null {
  try {
    const value = valueAt(JSON.parse(text ?? '{}'), path);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

async function install(cli: Cli, { machine, places, commands, keeper }: Installation): Promise<void> {
  const { settings, installedPlugins, marketplaces } = places;
  for (const file of [settings, installedPlugins, marketplaces]) await keeper.guard(file);
  for (const folder of places.claudeFolders) await keeper.guardFolder(folder);
  for (const folder of places.pluginFolders) await keeper.guardOwnFolder(folder);
  const base = await baseText(keeper, settings);
  if (base !== null && !isStrictJson(base)) await keeper.write(settings, toStrictJson(base));
  for (const args of commands) {
    const claude = machine.claude?.path ?? 'claude';
    const run = { env: cli.env, cwd: places.home, timeoutMs: COMMAND_MS };
    const end = await runProgram([claude, ...args], run);
    if (!end.ok) throw failed(cli, args, end);
  }
  await keeper.note(installedPlugins);
  await keeper.note(marketplaces);
  const written = (await readBytes(settings))?.toString('utf8') ?? '{}';
  await keeper.write(settings, withAdded(base === null ? written : toStrictJson(base), written));
}

/** What the user wrote: of what stands there now, or before Claude Code wrote it anew in a setup that was cut short. */
async function baseText(keeper: RecordKeeper, settings: string): Promise<string | null> {
  const [now, before] = await Promise.all([readBytes(settings), keeper.before(settings)]);
  if (now === null || before === null) return now?.toString('utf8') ?? null;
  const [nowText, beforeText] = [now.toString('utf8'), before.toString('utf8')];
  return sayTheSame(nowText, beforeText) ? beforeText : nowText;
}

function withAdded(base: string, written: string): string {
  const added = readSettingsText(written) ?? {};
  const text = isStrictJson(base) ? base : '{}\n';
  return (
    [
      ['extraKnownMarketplaces', MARKETPLACE],
      ['enabledPlugins', PLUGIN_KEY],
    ] as const
  ).reduce((left, path) => setInJsonText(left, path, valueAt(added, path)), text);
}

function failed({ m }: Cli, args: readonly string[], { said }: ProgramEnd): CommandError {
  return new CommandError({
    code: 'plugin-not-installed',
    exit: 'failed',
    message: m.setup.commandFailed(`claude ${args.join(' ')}`, said),
    hint: m.setup.nothingChanged(),
  });
}
