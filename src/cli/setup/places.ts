/** Where the files lie that setup changes. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Cli } from '../cli.ts';
import { claudeFolder } from '../doctor/claude-setup.ts';
import { PLUGIN_NAME } from './claude-settings-text.ts';

export type Places = {
  readonly home: string;
  /** What was there before, and what setup made of it. */
  readonly record: string;
  readonly settings: string;
  readonly installedPlugins: string;
  readonly marketplaces: string;
  /** Folders that Claude Code makes while it installs a plugin. */
  readonly claudeFolders: readonly string[];
  /** Folders in which only our plugin has something. */
  readonly pluginFolders: readonly string[];
};

export function placesOf({ env, paths }: Pick<Cli, 'env' | 'paths'>): Places {
  const claude = claudeFolder(env);
  const plugins = join(claude, 'plugins');
  const data = join(plugins, 'data');
  const cache = join(plugins, 'cache');
  return {
    home: env.HOME || homedir(),
    record: join(paths.stateDir, 'setup'),
    settings: join(claude, 'settings.json'),
    installedPlugins: join(plugins, 'installed_plugins.json'),
    marketplaces: join(plugins, 'known_marketplaces.json'),
    claudeFolders: [cache, data, join(plugins, 'marketplaces')],
    pluginFolders: [join(cache, PLUGIN_NAME), join(data, `${PLUGIN_NAME}-${PLUGIN_NAME}`)],
  };
}
