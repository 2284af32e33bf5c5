import { join } from 'node:path';
import { type ListedAgent, listAgents, type PluginPlace } from '../../adapters/claude-code/list-agents.ts';
import { isJsonObject, readJsonObject } from '../../adapters/files/read-json-object.ts';
import type { Cli } from '../cli.ts';
import { claudeFolder, readClaudeSetup } from '../doctor/claude-setup.ts';

export async function agentsHere({ env }: Cli, projectDir: string): Promise<readonly ListedAgent[]> {
  const claudeDir = claudeFolder(env);
  return listAgents({ claudeDir, projectDir }, await enabledPlugins({ env }, projectDir));
}

/** Installed ones that no settings switch off; the strongest settings that say anything decide. */
async function enabledPlugins(
  { env }: Pick<Cli, 'env'>,
  projectDir: string,
): Promise<readonly PluginPlace[]> {
  const file = join(claudeFolder(env), 'plugins', 'installed_plugins.json');
  const [read, { settings }] = await Promise.all([readJsonObject(file), readClaudeSetup(env, projectDir)]);
  const installed = read.kind === 'ok' && isJsonObject(read.raw.plugins) ? read.raw.plugins : {};
  return Object.entries(installed).flatMap(([key, places]) => {
    const [said] = settings.flatMap(({ settings: { enabledPlugins: map } }) =>
      isJsonObject(map) && typeof map[key] === 'boolean' ? [map[key]] : [],
    );
    if (said === false) return [];
    const name = key.split('@')[0] ?? key;
    return [places]
      .flat()
      .flatMap((place: unknown) =>
        isJsonObject(place) && typeof place.installPath === 'string'
          ? [{ name, root: place.installPath }]
          : [],
      );
  });
}
