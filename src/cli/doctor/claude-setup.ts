/** What Claude Code's own files say about our plugin and about hooks. Only read, never written. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../../adapters/files/paths.ts';
import { isJsonObject, type JsonObject } from '../../adapters/files/read-json-object.ts';

export type SettingsFile = { readonly file: string; readonly settings: JsonObject };

export type InstalledPlugin = {
  /** `omcm@omcm`: the plugin and its marketplace. */
  readonly key: string;
  readonly version: string | null;
};

export type PluginPlace = { readonly key: string; readonly installPath: string };

export type ClaudeSetup = {
  readonly plugin: InstalledPlugin | null;
  /** All that are installed, by their keys. */
  readonly plugins: readonly string[];
  /** Where those lie that are not ours. */
  readonly others: readonly PluginPlace[];
  /** Those that exist and can be read, the strongest first. */
  readonly settings: readonly SettingsFile[];
};

const PLUGIN = 'omcm';

const MANAGED_FILES: Readonly<Record<string, string>> = {
  darwin: '/Library/Application Support/ClaudeCode/managed-settings.json',
  win32: 'C:\\Program Files\\ClaudeCode\\managed-settings.json',
};

/** Where it is there, Claude Code keeps its model requests from plugins. */
export function managedSettingsFile(): string {
  return MANAGED_FILES[process.platform] ?? '/etc/claude-code/managed-settings.json';
}

export async function readClaudeSetup(env: Environment, projectDir: string): Promise<ClaudeSetup> {
  const folder = claudeFolder(env);
  const files = [
    managedSettingsFile(),
    join(projectDir, '.claude', 'settings.local.json'),
    join(projectDir, '.claude', 'settings.json'),
    join(folder, 'settings.json'),
  ];
  const [installed, ...settings] = await Promise.all([
    readObject(join(folder, 'plugins', 'installed_plugins.json')),
    ...files.map(async (file) => ({ file, settings: await readObject(file) })),
  ]);
  return {
    plugin: findPlugin(installed),
    plugins: isJsonObject(installed?.plugins) ? Object.keys(installed.plugins) : [],
    others: otherPlaces(installed),
    settings: settings.flatMap(({ file, settings: read }) =>
      read === null ? [] : [{ file, settings: read }],
    ),
  };
}

export function claudeFolder(env: Environment): string {
  const home = env.HOME || homedir();
  return env.CLAUDE_CONFIG_DIR ? resolve(home, env.CLAUDE_CONFIG_DIR) : join(home, '.claude');
}

function findPlugin(installed: JsonObject | null): InstalledPlugin | null {
  const plugins = isJsonObject(installed?.plugins) ? installed.plugins : {};
  const [key, places] = Object.entries(plugins).find(([name]) => name.split('@')[0] === PLUGIN) ?? [];
  if (key === undefined) return null;
  const [place]: readonly unknown[] = Array.isArray(places) ? places : [places];
  const version = isJsonObject(place) ? place.version : null;
  return { key, version: typeof version === 'string' ? version : null };
}

function otherPlaces(installed: JsonObject | null): readonly PluginPlace[] {
  const plugins = isJsonObject(installed?.plugins) ? installed.plugins : {};
  return Object.entries(plugins)
    .filter(([key]) => key.split('@')[0] !== PLUGIN)
    .flatMap(([key, places]) => {
      const paths = (Array.isArray(places) ? places : [places]).filter(isJsonObject);
      return paths.flatMap(({ installPath }) =>
        typeof installPath === 'string' ? [{ key, installPath }] : [],
      );
    });
}

async function readObject(file: string): Promise<JsonObject | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
