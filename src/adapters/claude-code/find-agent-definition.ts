/**
 * Where is the definition that Claude Code would have used for this subagent, and what does it say?
 * Plugin agents (`plugin:name`) lie in the plugin's `agents/`; bare names in the project's or the user's.
 */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AgentFile, parseAgentFile } from './parse-agent-file.ts';

export type AgentDefinition = Omit<AgentFile, 'name'> & { readonly file: string };

export type AgentPlaces = {
  /** Claude Code's configuration folder, `~/.claude` unless CLAUDE_CONFIG_DIR says otherwise. */
  readonly claudeDir: string;
  readonly projectDir: string;
  /** Folders of plugins that this session was started with, beside the installed ones. */
  readonly pluginDirs: readonly string[];
};

export async function findAgentDefinition(
  agent: string,
  places: AgentPlaces,
): Promise<AgentDefinition | null> {
  const colon = agent.indexOf(':');
  if (colon === -1) return findIn(foldersOfBareNames(places), agent);
  const plugin = agent.slice(0, colon);
  const roots = await pluginRoots(plugin, places);
  return findIn(
    roots.map((root) => join(root, 'agents')),
    agent.slice(agent.lastIndexOf(':') + 1),
  );
}

/** Nearest first: Claude Code reads `.claude/agents` of the folder and of those above it, then the user's. */
export function foldersOfBareNames({ projectDir, claudeDir }: Omit<AgentPlaces, 'pluginDirs'>): string[] {
  const folders: string[] = [];
  for (let folder = projectDir; ; folder = dirname(folder)) {
    folders.push(join(folder, '.claude', 'agents'));
    if (dirname(folder) === folder) break;
  }
  return [...folders, join(claudeDir, 'agents')];
}

async function findIn(folders: readonly string[], name: string): Promise<AgentDefinition | null> {
  for (const folder of folders) {
    for (const file of await markdownFiles(folder)) {
      const parsed = parseAgentFile(await readFile(file, 'utf8').catch(() => ''), file);
      const { name: named, ...definition } = parsed;
      if (named === name && definition.instructions !== '') return { ...definition, file };
    }
  }
  return null;
}

export async function markdownFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function pluginRoots(plugin: string, places: AgentPlaces): Promise<string[]> {
  const installed = await installedRoots(plugin, places.claudeDir);
  const started: string[] = [];
  for (const root of places.pluginDirs) if ((await pluginName(root)) === plugin) started.push(root);
  return [...started, ...installed];
}

async function pluginName(root: string): Promise<string | null> {
  const manifest = await readJson(join(root, '.claude-plugin', 'plugin.json'));
  return typeof manifest?.name === 'string' ? manifest.name : null;
}

async function installedRoots(plugin: string, claudeDir: string): Promise<string[]> {
  const file = await readJson(join(claudeDir, 'plugins', 'installed_plugins.json'));
  const plugins = (file?.plugins ?? {}) as Record<string, unknown>;
  return Object.entries(plugins)
    .filter(([key]) => key === plugin || key.startsWith(`${plugin}@`))
    .flatMap(([, installs]) => (Array.isArray(installs) ? installs : [installs]))
    .flatMap((install: { installPath?: unknown }) =>
      typeof install?.installPath === 'string' ? [install.installPath] : [],
    );
}

async function readJson(file: string): Promise<Record<string, unknown> | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
