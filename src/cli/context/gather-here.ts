import { loadConfig } from '../../adapters/files/load-config.ts';
import { createHandover, type Handover, type HandoverParts } from '../../context/create-handover.ts';
import type { SessionPlace } from '../../context/read-session.ts';
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import type { Cli } from '../cli.ts';

/** The context of a session, and its document in the user's language. */
export async function gatherHere(cli: Cli, place: Omit<SessionPlace, 'claudeDir'>): Promise<Handover> {
  const { parts } = await handoverParts(cli, place.directory);
  return createHandover({ ...place, claudeDir: cli.paths.claudeDir }, parts);
}

export async function handoverParts(
  { paths, env }: Cli,
  projectDir: string,
): Promise<{ readonly config: Config; readonly parts: HandoverParts }> {
  const { config } = await loadConfig({ paths, env, projectDir });
  const locale = pickLocale(config.locale, env);
  return { config, parts: { paths, settings: config.context, now: Date.now, locale } };
}
