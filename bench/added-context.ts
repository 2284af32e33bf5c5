/** How many tokens does the plugin add to the conductor's first request? Four characters count as one token. */
import type { JournaledRequest } from '../src/simulation/journaled-request.ts';
import { runClaude } from '../src/simulation/run-claude.ts';
import { type BenchHome, PLUGIN_DIR } from './bench-home.ts';

const CHARS_PER_TOKEN = 4;

export type AddedContext = {
  readonly withoutChars: number;
  readonly withChars: number;
  readonly addedTokens: number;
};

export async function measureAddedContext(home: BenchHome): Promise<AddedContext> {
  home.providers.anthropic.on({ answer: { text: 'hello' } });
  await home.warm();
  const without = await firstRequest(home, []);
  const withPlugin = await firstRequest(home, [PLUGIN_DIR]);
  const [withoutChars, withChars] = [contextChars(without), contextChars(withPlugin)];
  return { withoutChars, withChars, addedTokens: Math.round((withChars - withoutChars) / CHARS_PER_TOKEN) };
}

async function firstRequest(
  { home, path, providers }: BenchHome,
  pluginDirs: readonly string[],
): Promise<JournaledRequest> {
  const seen = providers.anthropic.journal().length;
  await runClaude({ home, prompt: 'hello', pluginDirs, env: { PATH: path } });
  const request = providers.anthropic.journal()[seen];
  if (request === undefined) throw new Error('Claude Code asked nothing');
  return request;
}

/** What the model reads: system, tools and messages; not the request's ids and times. */
function contextChars({ body }: JournaledRequest): number {
  const { system, tools, messages } = body as { system?: unknown; tools?: unknown; messages?: unknown };
  return JSON.stringify([system, tools, messages]).length;
}
