/** Of what is installed and what runs: what is older than the rest, and what is to be done, in which order? */
import { isNewer } from '../../client/compare-versions.ts';
import { commandToUpdate, commandToUpdatePlugin, type Installation } from './installation.ts';

export type Versions = {
  /** This command line. */
  readonly omcm: { readonly version: string; readonly root: string; readonly installation: Installation };
  /** As Claude Code has it; `null`: not at all. */
  readonly plugin: { readonly key: string; readonly version: string | null } | null;
  /** The one that runs; `null`: none. */
  readonly daemon: { readonly version: string; readonly pid: number } | null;
  /** State files that a later version wrote. */
  readonly newerFiles: readonly string[];
};

export type StepId = 'omcm' | 'plugin' | 'daemon';

export type UpdateStep = {
  readonly id: StepId;
  /** What it brings up to date is older than this. */
  readonly olderThan: StepId | 'state';
  readonly command: string;
};

export type Standing = 'same' | 'older' | 'newer';

export function standingOf(version: string, own: string): Standing {
  if (isNewer(version, own)) return 'newer';
  return isNewer(own, version) ? 'older' : 'same';
}

export function planUpdate(versions: Versions): readonly UpdateStep[] {
  const { omcm, plugin, daemon } = versions;
  const newest = [plugin?.version, daemon?.version].reduce<string>(
    (best, one) => (one != null && isNewer(one, best) ? one : best),
    omcm.version,
  );
  const behind = whatIsAhead(versions);
  const ownStep: readonly UpdateStep[] =
    behind === null
      ? []
      : [{ id: 'omcm', olderThan: behind, command: commandToUpdate(omcm.installation, omcm.root) }];
  const pluginIsOld = plugin?.version != null && isNewer(newest, plugin.version);
  const pluginStep: readonly UpdateStep[] =
    plugin !== null && pluginIsOld
      ? [
          {
            id: 'plugin',
            olderThan: newest === omcm.version ? 'omcm' : 'daemon',
            command: commandToUpdatePlugin(plugin.key),
          },
        ]
      : [];
  const daemonStep: readonly UpdateStep[] =
    daemon !== null && isNewer(newest, daemon.version)
      ? [
          {
            id: 'daemon',
            olderThan: newest === omcm.version ? 'omcm' : 'plugin',
            command: 'omcm daemon restart',
          },
        ]
      : [];
  return withoutRepeats([...ownStep, ...pluginStep, ...daemonStep]);
}

function whatIsAhead({ omcm, plugin, daemon, newerFiles }: Versions): UpdateStep['olderThan'] | null {
  if (plugin?.version != null && isNewer(plugin.version, omcm.version)) return 'plugin';
  if (daemon !== null && isNewer(daemon.version, omcm.version)) return 'daemon';
  return newerFiles.length > 0 ? 'state' : null;
}

/** The clone of a marketplace brings command line and plugin at once. */
function withoutRepeats(steps: readonly UpdateStep[]): readonly UpdateStep[] {
  return steps.filter(({ command }, index) => steps.findIndex((one) => one.command === command) === index);
}
