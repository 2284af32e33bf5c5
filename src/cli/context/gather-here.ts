import { loadConfig } from '../../adapters/files/load-config.ts';
import { createHandover, type Handover } from '../../context/create-handover.ts';
import type { SessionPlace } from '../../context/gather-context.ts';
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Cli } from '../cli.ts';

/** The context of a session, and its document in the user's language. */
export async function gatherHere(
  { paths, env }: Cli,
  place: Omit<SessionPlace, 'claudeDir'>,
): Promise<Handover> {
  const { config } = await loadConfig({ paths, env, projectDir: place.directory });
  return createHandover(
    { ...place, claudeDir: paths.claudeDir },
    { paths, settings: config.context, now: Date.now, locale: pickLocale(config.locale, env) },
  );
}
