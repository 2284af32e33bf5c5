/** The Claude Code sessions that have said hello, and whether they still live. */
import { sessionPluginDirs } from '../adapters/claude-code/session-plugin-dirs.ts';
import type { ParsedSessionStart } from '../protocol/status.ts';

export type KnownSession = {
  readonly directory: string;
  readonly claudePid: number | null;
  readonly claudeDir: string | null;
  readonly pluginDirs: readonly string[];
};

export type KnownSessions = {
  add(start: ParsedSessionStart): Promise<void>;
  get(sessionId: string | undefined): KnownSession | undefined;
  /** Sessions whose Claude Code still runs; the others are forgotten. */
  countLiving(): number;
};

export function createKnownSessions(): KnownSessions {
  const sessions = new Map<string, KnownSession>();
  return {
    add: async ({ sessionId, directory, claudePid, claudeDir, pluginDirsEnv }) => {
      const pluginDirs =
        claudePid === undefined ? [] : await sessionPluginDirs(claudePid, directory, pluginDirsEnv);
      sessions.set(sessionId, {
        directory,
        claudePid: claudePid ?? null,
        claudeDir: claudeDir ?? null,
        pluginDirs,
      });
    },
    get: (sessionId) => (sessionId === undefined ? undefined : sessions.get(sessionId)),
    countLiving: () => {
      for (const [id, { claudePid }] of sessions)
        if (claudePid === null || !isAlive(claudePid)) sessions.delete(id);
      return sessions.size;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
