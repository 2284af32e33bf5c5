/** Everything that is examined, in the order in which it is told. */
import { isNewer } from '../../client/compare-versions.ts';
import { VERSION } from '../../version.ts';
import type { Cli } from '../cli.ts';
import { loadHere } from '../config/load-here.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { stopAsAsked } from '../daemon/stop-options.ts';
import { taskDirectory } from '../task-directory.ts';
import { checkClaude } from './check-claude.ts';
import { checkClock } from './check-clock.ts';
import { checkConfig } from './check-config.ts';
import { checkDaemon } from './check-daemon.ts';
import { checkDisk } from './check-disk.ts';
import { checkEngine } from './check-engine.ts';
import { checkMods } from './check-mods.ts';
import { checkNode } from './check-node.ts';
import { checkOpencode } from './check-opencode.ts';
import { checkOrphans } from './check-orphans.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkPlugin } from './check-plugin.ts';
import { checkPool } from './check-pool.ts';
import { checkProviders } from './check-providers.ts';
import { checkResting } from './check-resting.ts';
import { checkRivals } from './check-rivals.ts';
import { checkSockets } from './check-sockets.ts';
import { checkState } from './check-state.ts';
import { checkTargets } from './check-targets.ts';
import { checkTeam } from './check-team.ts';
import { checkTools } from './check-tools.ts';
import { checkTrust } from './check-trust.ts';
import { type ClaudeSetup, readClaudeSetup } from './claude-setup.ts';
import { type Consulted, consultDaemon } from './consult-daemon.ts';
import { findProgram } from './find-program.ts';
import type { Finding } from './finding.ts';
import { mendPlugin } from './mend-plugin.ts';

export type ExamineOptions = { readonly start: boolean; readonly directory?: string };

export async function examine(cli: Cli, options: ExamineOptions): Promise<readonly Finding[]> {
  const { env, m, paths } = cli;
  const directory = await taskDirectory(options.directory, m);
  const loaded = await loadHere(cli, { directory });
  const { command, args } = loaded.config.opencode;
  const [claude, opencode, setup, consulted, trust, permissions, state, tools, disk, clock] =
    await Promise.all([
      findProgram('claude', env),
      findProgram(command, env, args),
      readClaudeSetup(env, directory),
      consultDaemon(cli, options),
      checkTrust(cli, directory, loaded.config),
      checkPermissions(paths.stateDir, m),
      checkState(paths, m),
      checkTools(env, m),
      checkDisk(paths.stateDir, m),
      checkClock(paths.stateDir, m, Date.now()),
    ]);
  const [sockets, rivals, orphans] = await Promise.all([
    checkSockets(paths.socketPath, setup, m),
    checkRivals(setup, m),
    checkOrphans(consulted, paths.stateDir, m),
  ]);
  return [
    checkNode(process.versions.node, m),
    checkClaude(claude, m),
    { ...checkPlugin(setup, m), ...(isNewerPlugin(setup) ? {} : { fix: () => mendPlugin(cli, directory) }) },
    checkMods(setup, m),
    checkEngine(setup, consulted, { config: loaded.config, m }),
    ...rivals,
    checkOpencode(opencode, command, m),
    ...checkDaemon(consulted, m).map((finding) =>
      finding.id === 'daemon' && isOlderDaemon(consulted)
        ? { ...finding, fix: () => replaceDaemon(cli) }
        : finding,
    ),
    ...sockets,
    { ...orphans, fix: async () => void (await reachDaemon(cli)) },
    ...checkPool(consulted, m),
    checkProviders(consulted, m),
    ...checkResting(consulted, m, Date.now()),
    ...checkTeam(consulted, m),
    ...checkTargets(consulted, loaded.config, m),
    ...checkConfig(loaded, m),
    trust,
    permissions,
    ...state,
    disk,
    clock,
    ...tools,
  ];
}

/** It is not replaced by the older one of ours. */
function isNewerPlugin({ plugin }: ClaudeSetup): boolean {
  return plugin?.version != null && isNewer(plugin.version, VERSION);
}

function isOlderDaemon(consulted: Consulted): boolean {
  return consulted.kind === 'running' && isNewer(VERSION, consulted.health.version);
}

/** One of another version ends its tasks in peace, and ours takes its place. */
async function replaceDaemon(cli: Cli): Promise<void> {
  await stopAsAsked(cli, {});
  await reachDaemon(cli);
}
