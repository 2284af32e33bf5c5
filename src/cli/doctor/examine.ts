/** Everything that is examined, in the order in which it is told. */
import type { Cli } from '../cli.ts';
import { loadHere } from '../config/load-here.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { stopAsAsked } from '../daemon/stop-options.ts';
import { taskDirectory } from '../task-directory.ts';
import { checkClaude } from './check-claude.ts';
import { checkConfig } from './check-config.ts';
import { checkDaemon } from './check-daemon.ts';
import { checkMods } from './check-mods.ts';
import { checkNode } from './check-node.ts';
import { checkOpencode } from './check-opencode.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkPlugin } from './check-plugin.ts';
import { checkPool } from './check-pool.ts';
import { checkProviders } from './check-providers.ts';
import { checkResting } from './check-resting.ts';
import { checkState } from './check-state.ts';
import { checkTargets } from './check-targets.ts';
import { checkTools } from './check-tools.ts';
import { checkTrust } from './check-trust.ts';
import { readClaudeSetup } from './claude-setup.ts';
import { consultDaemon } from './consult-daemon.ts';
import { findProgram } from './find-program.ts';
import type { Finding } from './finding.ts';
import { mendPlugin } from './mend-plugin.ts';

export type ExamineOptions = { readonly start: boolean; readonly directory?: string };

export async function examine(cli: Cli, options: ExamineOptions): Promise<readonly Finding[]> {
  const { env, m, paths } = cli;
  const directory = await taskDirectory(options.directory, m);
  const loaded = await loadHere(cli, { directory });
  const { command, args } = loaded.config.opencode;
  const [claude, opencode, setup, consulted, trust, permissions, state, tools] = await Promise.all([
    findProgram('claude', env),
    findProgram(command, env, args),
    readClaudeSetup(env, directory),
    consultDaemon(cli, options),
    checkTrust(cli, directory, loaded.config),
    checkPermissions(paths.stateDir, m),
    checkState(paths.stateDir, m),
    checkTools(env, m),
  ]);
  return [
    checkNode(process.versions.node, m),
    checkClaude(claude, m),
    { ...checkPlugin(setup, m), fix: () => mendPlugin(cli, directory) },
    checkMods(setup, m),
    checkOpencode(opencode, command, m),
    ...checkDaemon(consulted, m).map((finding) =>
      finding.id === 'daemon' && consulted.kind === 'running'
        ? { ...finding, fix: () => replaceDaemon(cli) }
        : finding,
    ),
    ...checkPool(consulted, m),
    checkProviders(consulted, m),
    ...checkResting(consulted, m, Date.now()),
    ...checkTargets(consulted, loaded.config, m),
    ...checkConfig(loaded, m),
    trust,
    permissions,
    ...state,
    ...tools,
  ];
}

/** One of another version ends its tasks in peace, and ours takes its place. */
async function replaceDaemon(cli: Cli): Promise<void> {
  await stopAsAsked(cli, {});
  await reachDaemon(cli);
}
