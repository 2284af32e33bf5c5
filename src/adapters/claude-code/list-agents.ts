/** Which subagents does this user's Claude Code have? Those that it brings, and those that files define. */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type AgentPlaces, foldersOfBareNames, markdownFiles } from './find-agent-definition.ts';
import { parseAgentFile } from './parse-agent-file.ts';

export type AgentSource = 'built-in' | 'plugin' | 'user' | 'project';

export type ListedAgent = {
  /** As a subagent_type names it. */
  readonly name: string;
  readonly source: AgentSource;
  /** `null` where Claude Code brings it. */
  readonly file: string | null;
};

/** As of Claude Code 2.1.330. */
const BUILT_IN = ['claude', 'Explore', 'general-purpose', 'Plan', 'statusline-setup'];

export type PluginPlace = { readonly name: string; readonly root: string };

export async function listAgents(
  places: Omit<AgentPlaces, 'pluginDirs'>,
  plugins: readonly PluginPlace[],
): Promise<readonly ListedAgent[]> {
  const ofUser = join(places.claudeDir, 'agents');
  const bare = await Promise.all(
    foldersOfBareNames(places).map((folder) => agentsIn(folder, folder === ofUser ? 'user' : 'project')),
  );
  const ofPlugins = await Promise.all(plugins.map(agentsOfPlugin));
  const builtIn = BUILT_IN.map((name): ListedAgent => ({ name, source: 'built-in', file: null }));
  // The nearest of one name is the one that runs, and a file of the user's stands before what Claude Code brings.
  const byName = new Map<string, ListedAgent>();
  for (const agent of [...bare.flat(), ...builtIn, ...ofPlugins.flat()])
    if (!byName.has(agent.name)) byName.set(agent.name, agent);
  return [...byName.values()];
}

async function agentsIn(folder: string, source: AgentSource): Promise<readonly ListedAgent[]> {
  const files = await markdownFiles(folder);
  return Promise.all(files.map(async (file) => ({ name: await nameOf(file), source, file })));
}

/** `plugin:name`, and `plugin:folder:name` for one in a folder. */
async function agentsOfPlugin({ name: plugin, root }: PluginPlace): Promise<readonly ListedAgent[]> {
  const folder = join(root, 'agents');
  const found = await agentsIn(folder, 'plugin');
  return found.map((agent) => {
    const between = relative(folder, dirname(agent.file ?? folder))
      .split(sep)
      .filter(Boolean);
    return { ...agent, name: [plugin, ...between, agent.name].join(':') };
  });
}

async function nameOf(file: string): Promise<string> {
  return parseAgentFile(await readFile(file, 'utf8').catch(() => ''), file).name;
}
