import { loadConfig } from '../adapters/files/load-config.ts';
import type { Environment, Paths } from '../adapters/files/paths.ts';
import { type Locale, pickLocale } from '../core/config/pick-locale.ts';

/** The language is a person's, not a project's, so no project is asked. */
export async function readLocale(paths: Paths, env: Environment): Promise<Locale> {
  const { config } = await loadConfig({ paths, env });
  return pickLocale(config.locale, env);
}
