/**
 * What a delegated task is told of the session that it belongs to. Built when a task comes up; one that would hold the
 * task up is told what was known before, and what is built goes to the next one.
 */
import type { Paths } from '../../adapters/files/paths.ts';
import { listRecentFiles } from '../../adapters/git/list-recent-files.ts';
import { gatherContext } from '../../context/gather-context.ts';
import type { Positions } from '../../context/read-session.ts';
import type { Config } from '../../core/config/schema.ts';
import { fitContext } from '../../core/context/fit-context.ts';
import { writeBrief } from '../../core/context/render-brief.ts';
import { renderDocument } from '../../core/context/render-document.ts';
import type { WorkContext } from '../../core/context/work-context.ts';
import type { Log } from '../log/log.ts';
import type { KnownSessions } from './known-sessions.ts';
import { rememberFiles } from './remembered-files.ts';

export type SessionContexts = {
  /** An empty text where there is nothing to tell, or nobody wants it told. */
  tell(session: ToldSession, settings: Config['context']): Promise<string>;
};

export type ToldSession = { readonly sessionId?: string | undefined; readonly directory: string };

/** Longer than it takes on a machine that has something else to do as well. */
const PATIENCE_MS = 400;
const KEPT_SESSIONS = 50;

type Parts = {
  readonly paths: Paths;
  readonly sessions: Pick<KnownSessions, 'get'>;
  readonly now: () => number;
  readonly log: Log;
};

export function createSessionContexts({ paths, sessions, now, log }: Parts): SessionContexts {
  const positions: Positions = new Map();
  const listFiles = rememberFiles(listRecentFiles, now);
  const latest = new Map<string, WorkContext>();

  const build = async (sessionId: string, directory: string, settings: Config['context']) => {
    const claudeDir = sessions.get(sessionId)?.claudeDir ?? paths.claudeDir;
    const context = await gatherContext(
      { directory, claudeDir, sessionId },
      { paths, settings, now, positions, listFiles },
    );
    latest.delete(sessionId);
    latest.set(sessionId, context);
    const [oldest] = latest.keys();
    if (latest.size > KEPT_SESSIONS && oldest !== undefined) latest.delete(oldest);
    return context;
  };

  return {
    tell: async ({ sessionId, directory }, settings) => {
      if (sessionId === undefined || settings.delegation === 'none') return '';
      const building = build(sessionId, directory, settings).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'a context could not be built');
        return null;
      });
      const built = await Promise.race([building, after(PATIENCE_MS)]);
      const context = built ?? latest.get(sessionId) ?? null;
      return context === null || isUnknown(context) ? '' : write(context, settings);
    },
  };
}

/** Without a word of the user's, what git says is about somebody else's work. */
function isUnknown({ task, todos, decisions }: WorkContext): boolean {
  const { inProgress, pending } = todos;
  return task.description === '' && inProgress.length + pending.length + decisions.length === 0;
}

/** OpenCode reads the project's own instruction files itself: they are not told twice. */
function write(context: WorkContext, { delegation, maxContextLength }: Config['context']): string {
  const told = { ...context, decisions: context.decisions.filter(({ source }) => source !== 'project') };
  if (delegation === 'brief') return writeBrief(told);
  const render = (part: WorkContext) => renderDocument(part, { locale: 'en', offsetMinutes: 0 });
  return render(fitContext(told, maxContextLength, (part) => render(part).length));
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => void setTimeout(() => resolve(null), ms).unref());
}
