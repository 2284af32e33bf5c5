import { type LoadedConfig, loadConfig } from '../../adapters/files/load-config.ts';
import type { Cli } from '../cli.ts';
import { taskDirectory } from '../task-directory.ts';

export type HereOptions = { readonly directory?: string };

/** The settings as they hold in the project that was named, or in the current folder. */
export async function loadHere({ paths, env, m }: Cli, { directory }: HereOptions): Promise<LoadedConfig> {
  return loadConfig({ paths, env, projectDir: await taskDirectory(directory, m) });
}
