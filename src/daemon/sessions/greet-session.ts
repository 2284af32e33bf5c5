/** A session of Claude Code says hello: what is begun for it, and what its user is told. */
import { basename } from 'node:path';
import type { ParsedSessionStart } from '../../protocol/status.ts';
import type { ClaudeWatch } from '../quota/watch-claude.ts';
import type { RoutingInputs } from '../routing/routing-inputs.ts';
import type { KnownSessions } from './known-sessions.ts';
import type { SessionContexts } from './session-contexts.ts';

/** `footer`: the user wants our line under the prompt, by the mod. */
export type SessionGreeting = { readonly notice: string | null; readonly footer: boolean };

export type GreetingParts = {
  readonly sessions: Pick<KnownSessions, 'add'>;
  readonly claude: Pick<ClaudeWatch, 'nudge' | 'follow' | 'tips' | 'takeNotices'>;
  readonly contexts: SessionContexts;
  readonly inputs: Pick<RoutingInputs, 'config'>;
  readonly warmWhereRouted: (directory: string, sessionId?: string) => Promise<void>;
};

export async function greetSession(
  { sessions, claude, contexts, inputs, warmWhereRouted }: GreetingParts,
  start: ParsedSessionStart,
): Promise<SessionGreeting> {
  await sessions.add(start);
  claude.nudge();
  claude.follow(start.sessionId, start.claudeDir);
  await warmWhereRouted(start.directory, start.sessionId);
  const { problems, config } = await inputs.config(start.directory);
  // Nothing is known of it yet; but the first task shall not wait for what has to be loaded.
  void contexts.tell(start, config.context);
  await claude.tips.expectWords(config);
  const [first] = problems;
  const footer = config.hud.place === 'footer';
  if (first !== undefined) return { notice: `OMCM: ${basename(first.source)}: ${first.message}`, footer };
  // Its hook could show nothing to anybody.
  const told = start.via === 'hook' ? [] : await claude.takeNotices(start.sessionId);
  return { notice: told.length === 0 ? null : told.join('\n'), footer };
}
