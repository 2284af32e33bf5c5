/** The Claude Code sessions that have said hello, and whether they still live. */
import { sessionPluginDirs } from '../../adapters/claude-code/session-plugin-dirs.ts';
import { processIsAlive } from '../../adapters/processes/process-is-alive.ts';
import type { ParsedSessionStart } from '../../protocol/status.ts';

export type KnownSession = {
  readonly directory: string;
  readonly claudePid: number | null;
  readonly claudeDir: string | null;
  readonly pluginDirs: readonly string[];
};

export type KnownSessions = {
  add(start: ParsedSessionStart): Promise<void>;
  get(sessionId: string | undefined): KnownSession | undefined;
  list(): readonly (KnownSession & { readonly sessionId: string })[];
  remove(sessionId: string): void;
  /** Sessions whose Claude Code still runs; the others are forgotten. */
  countLiving(): number;
};

export function createKnownSessions(): KnownSessions {
  const sessions = new Map<string, KnownSession>();
  const forgetTheDead = () => {
    for (const [id, { claudePid }] of sessions)
      if (claudePid === null || !processIsAlive(claudePid)) sessions.delete(id);
  };
  return {
    add: async ({ sessionId, directory, claudePid, claudeDir, pluginDirsEnv }) => {
      const pluginDirs = await sessionPluginDirs(claudePid ?? null, directory, pluginDirsEnv);
      sessions.set(sessionId, {
        directory,
        claudePid: claudePid ?? null,
        claudeDir: claudeDir ?? null,
        pluginDirs,
      });
    },
    get: (sessionId) => (sessionId === undefined ? undefined : sessions.get(sessionId)),
    list: () => {
      forgetTheDead();
      return [...sessions].map(([sessionId, session]) => ({ sessionId, ...session }));
    },
    remove: (sessionId) => void sessions.delete(sessionId),
    countLiving: () => {
      forgetTheDead();
      return sessions.size;
    },
  };
}
