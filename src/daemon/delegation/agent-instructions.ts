/** What the subagent's own definition says, for the sessions that the daemon knows of. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findAgentDefinition } from '../../adapters/claude-code/find-agent-definition.ts';
import type { KnownSessions } from '../sessions/known-sessions.ts';

/** A definition is read again after this time: people edit their agents while they work. */
const FRESH_MS = 5_000;

export type AgentInstructions = (
  agent: string,
  directory: string,
  sessionId: string | undefined,
) => Promise<string | null>;

export function createAgentInstructions(sessions: KnownSessions, now: () => number): AgentInstructions {
  const cache = new Map<string, { readonly at: number; readonly found: Promise<string | null> }>();
  return (agent, directory, sessionId) => {
    const session = sessions.get(sessionId);
    const claudeDir = session?.claudeDir ?? join(homedir(), '.claude');
    const pluginDirs = session?.pluginDirs ?? [];
    const key = JSON.stringify([agent, directory, claudeDir, pluginDirs]);
    const cached = cache.get(key);
    if (cached !== undefined && now() - cached.at < FRESH_MS) return cached.found;
    const found = findAgentDefinition(agent, { claudeDir, projectDir: directory, pluginDirs }).then(
      (definition) => definition?.instructions ?? null,
      () => null,
    );
    if (cache.size > 200) cache.clear();
    cache.set(key, { at: now(), found });
    return found;
  };
}
