/**
 * `omcm uninstall`, in an order in which it can be cut short and run again: what tells what was there goes last.
 *
 *   daemon and servers ─ plugin ─ files ─ folders of the plugin ─ state
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { readHealth } from '../../client/ensure-daemon.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { stopDaemon } from '../daemon/stop-daemon.ts';
import { readClaudeSetup } from '../doctor/claude-setup.ts';
import { findPath } from '../doctor/find-program.ts';
import { placesOf } from './places.ts';
import { refuseNewerRecord } from './refuse-newer-record.ts';
import { type Earlier, type Restored, restoreFile } from './restore-file.ts';
import { runProgram } from './run-program.ts';
import { backupOf, readRecord, removeEmpty, type SetupRecord } from './setup-record.ts';

export type UninstallOptions = { readonly keepData?: true };

const STOP_MS = 20_000;
const COMMAND_MS = 120_000;

export async function runUninstall(cli: Cli, { keepData }: UninstallOptions): Promise<void> {
  const { output, m, paths } = cli;
  const places = placesOf(cli);
  await refuseNewerRecord(cli);
  const record = await readRecord(places.record);
  await stopEverything(cli);
  await removePlugin(cli);
  const settingsOfOurs = [paths.userConfigFile];
  const files = (await earlierFiles(cli, record)).filter(
    ({ path }) => keepData !== true || !settingsOfOurs.includes(path),
  );
  const restored: Restored[] = [];
  for (const file of files) restored.push(await restoreFile(places, file));
  for (const folder of places.pluginFolders) await rm(folder, { recursive: true, force: true });
  if (keepData === true) await rm(places.record, { recursive: true, force: true });
  else await removeState(cli, record);
  await removeEmpty(record?.folders ?? []);

  const changed = restored.filter(({ how }) => how !== 'untouched');
  output.result({ files: changed, dataKept: keepData === true }, () =>
    changed.map(({ path, how }) => `${m.uninstall.how[how]}  ${path}`).join('\n'),
  );
  output.say(keepData === true ? m.uninstall.doneKept(paths.stateDir) : m.uninstall.done());
}

async function stopEverything(cli: Cli): Promise<void> {
  const { paths, m, output } = cli;
  // Servers that a killed daemon has left are ended by the next one.
  if ((await readHealth(paths.socketPath)) === null && (await leftServers(paths.stateDir)))
    await reachDaemon(cli);
  const stopped = await stopDaemon(paths.socketPath, { now: true, waitMs: STOP_MS });
  if (stopped.kind === 'stopped') output.say(m.daemon.stopped(stopped.pid));
  if (stopped.kind !== 'still-running') return;
  throw new CommandError({
    code: 'daemon-still-running',
    exit: 'failed',
    message: m.daemon.stillRunning(stopped.pid),
  });
}

async function leftServers(stateDir: string): Promise<boolean> {
  const text = await readFile(join(stateDir, 'opencode', 'servers.json'), 'utf8').catch(() => '');
  return /"pid"/.test(text);
}

/** What Claude Code's command cannot do, is done to its files afterwards. */
async function removePlugin(cli: Cli): Promise<void> {
  const { env, output, m } = cli;
  const [claude, { plugin }] = await Promise.all([
    findPath('claude', env),
    readClaudeSetup(env, process.cwd()),
  ]);
  if (claude === null || plugin === null) return;
  const marketplace = plugin.key.split('@')[1] ?? '';
  const run = { env, cwd: placesOf(cli).home, timeoutMs: COMMAND_MS };
  for (const args of [
    ['plugin', 'uninstall', plugin.key],
    ['plugin', 'marketplace', 'remove', marketplace],
  ]) {
    const end = await runProgram([claude, ...args], run);
    if (!end.ok) output.say(m.setup.commandFailed(`claude ${args.join(' ')}`, end.said));
  }
}

/** Those of the record, and Claude Code's own also where nobody has written anything down. */
async function earlierFiles(cli: Cli, record: SetupRecord | null): Promise<readonly Earlier[]> {
  const places = placesOf(cli);
  const recorded = await Promise.all(
    (record?.files ?? []).map(async (file) => ({
      path: file.path,
      before: await backupOf(places.record, file),
      after: file.after,
    })),
  );
  const known = new Set(recorded.map(({ path }) => path));
  const others = [places.settings, places.installedPlugins, places.marketplaces]
    .filter((path) => !known.has(path))
    .map((path) => ({ path, before: undefined, after: null }));
  return [...recorded, ...others];
}

/** The state folder is all ours, wherever it lies; but what a wrong OMCM_HOME names is not. */
async function removeState({ paths, output, m, env }: Cli, record: SetupRecord | null): Promise<void> {
  const { home } = placesOf({ env, paths });
  const settingsStay = record?.files.some(
    ({ path, before }) => path === paths.userConfigFile && before !== null,
  );
  for (const folder of new Set([paths.stateDir, paths.configDir])) {
    if (holds(folder, home) || holds(folder, process.cwd())) {
      output.complain(m.uninstall.notRemoved(folder));
      continue;
    }
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const isSettings = /^config\.(json|ya?ml)$/.test(name);
      // Settings that were there before setup were not made by it.
      if (isSettings && (settingsStay === true || !wasMadeBySetup(record, path))) continue;
      await rm(path, { recursive: true, force: true });
    }
    await removeEmpty([folder]);
  }
}

function wasMadeBySetup(record: SetupRecord | null, path: string): boolean {
  return record === null || record.files.some((file) => file.path === path && file.before === null);
}

function holds(folder: string, inner: string): boolean {
  const way = relative(resolve(folder), resolve(inner));
  return way === '' || !(way.startsWith('..') || resolve(way) === way);
}
