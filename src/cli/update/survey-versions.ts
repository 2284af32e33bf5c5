import { inspectStateFiles } from '../../adapters/files/inspect-state-files.ts';
import { readHealth } from '../../client/ensure-daemon.ts';
import { VERSION } from '../../version.ts';
import type { Cli } from '../cli.ts';
import { readClaudeSetup } from '../doctor/claude-setup.ts';
import { findPackageRoot } from '../package-root.ts';
import { installationAt } from './installation.ts';
import type { Versions } from './plan-update.ts';

/** Nothing is started for it, and nobody outside this machine is asked. */
export async function surveyVersions({ env, paths }: Cli): Promise<Versions> {
  const root = findPackageRoot() ?? '.';
  const [{ plugin }, health, files] = await Promise.all([
    readClaudeSetup(env, process.cwd()),
    readHealth(paths.socketPath),
    inspectStateFiles(paths),
  ]);
  return {
    omcm: { version: VERSION, root, installation: installationAt(root, paths.claudeDir) },
    plugin,
    daemon: health && { version: health.version, pid: health.pid },
    newerFiles: files.filter(({ standing }) => standing === 'newer').map(({ name }) => name),
  };
}
