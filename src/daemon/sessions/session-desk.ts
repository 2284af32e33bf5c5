/** What can be asked for a session as a whole: its mode, and the end of all that it has set going. */
import { type Locale, pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import { describeStart, describeStop } from '../../core/session-mode/describe-change.ts';
import { instructOnStart, instructOnStop } from '../../core/session-mode/instruct-conductor.ts';
import type {
  ParsedSetSessionMode,
  SessionList,
  SessionModeSet,
  SessionModeStatus,
  SessionStopped,
} from '../../protocol/session-mode.ts';
import type { TaskList } from '../delegation/task-list.ts';
import type { LeadRescues } from '../native-tools/lead-rescues.ts';
import type { Autopilots } from '../runs/autopilots.ts';
import type { RunList } from '../runs/run-list.ts';
import type { KnownSessions } from './known-sessions.ts';
import type { SessionModes } from './session-modes.ts';

export type SessionDesk = {
  list(): SessionList;
  mode(sessionId: string): SessionModeStatus;
  setMode(sessionId: string, asked: ParsedSetSessionMode): Promise<SessionModeSet>;
  /** Ends its mode, and cancels its tasks and runs. */
  stop(sessionId: string): Promise<SessionStopped>;
  /** The session is over. */
  end(sessionId: string): void;
};

export type SessionDeskParts = {
  readonly sessions: KnownSessions;
  readonly modes: SessionModes;
  readonly tasks: Pick<TaskList, 'stopSession'>;
  readonly runs: Pick<RunList, 'cancelSession'>;
  readonly autopilots: Pick<Autopilots, 'stop'>;
  readonly rescues: Pick<LeadRescues, 'forget'>;
  readonly config: () => Promise<Config>;
  readonly env: NodeJS.ProcessEnv;
  /** Work may leave Claude in this folder from now on. */
  readonly onStart: (sessionId: string, directory: string) => void;
};

export function createSessionDesk(parts: SessionDeskParts): SessionDesk {
  const { sessions, modes, tasks, runs, autopilots, rescues } = parts;
  const status = (sessionId: string): SessionModeStatus => {
    const { mode = null, since = null } = modes.get(sessionId) ?? {};
    return { sessionId, mode, since };
  };
  /** `null`: the user wants no notices. */
  const locale = async (): Promise<Locale | null> => {
    const config = await parts.config();
    return config.notifications.quietMode ? null : pickLocale(config.locale, parts.env);
  };

  return {
    list: () => {
      const folders = new Map<string, string | null>([
        ...modes.list().map(({ sessionId, directory }) => [sessionId, directory] as const),
        ...sessions.list().map(({ sessionId, directory }) => [sessionId, directory] as const),
      ]);
      return { sessions: [...folders].map(([id, directory]) => ({ ...status(id), directory })) };
    },
    mode: status,
    setMode: async (sessionId, { mode, directory: given }) => {
      const speaks = await locale();
      if (mode === 'off') {
        const ended = modes.end(sessionId);
        await Promise.all([modes.flush(), autopilots.stop(sessionId)]);
        const notice = speaks && describeStop({ mode: ended, tasks: 0, runs: 0 }, speaks);
        return { ...status(sessionId), changed: ended !== null, notice, context: null };
      }
      const { claudePid = null, directory = given ?? null } = sessions.get(sessionId) ?? {};
      const changed = modes.set({ sessionId, mode, claudePid, directory });
      await modes.flush();
      if (directory !== null) parts.onStart(sessionId, directory);
      const notice = speaks && (changed ? describeStart(mode, speaks) : null);
      return { ...status(sessionId), changed, notice, context: changed ? instructOnStart(mode) : null };
    },
    stop: async (sessionId) => {
      const speaks = await locale();
      const mode = modes.end(sessionId);
      // Runs first: a task of theirs that ends by itself would let the next one start.
      const cancelled = { runs: runs.cancelSession(sessionId), tasks: tasks.stopSession(sessionId) };
      await autopilots.stop(sessionId);
      const nothing = mode === null && cancelled.tasks + cancelled.runs === 0;
      const notice = speaks && describeStop({ mode, ...cancelled }, speaks);
      return { sessionId, mode, ...cancelled, notice, context: nothing ? null : instructOnStop(mode) };
    },
    end: (sessionId) => {
      modes.end(sessionId);
      void autopilots.stop(sessionId);
      rescues.forget(sessionId);
      sessions.remove(sessionId);
    },
  };
}
