/** The seed's `buildContext(session)`, over the real places. */
import { loadConfig } from '../adapters/files/load-config.ts';
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { gatherContext } from '../context/gather-context.ts';
import type { WorkContext } from '../core/context/work-context.ts';

export type SessionToHandOver = {
  /** The project; left out, the current folder. */
  readonly directory?: string;
  /** Left out: the last session of the project. */
  readonly sessionId?: string;
  /** A transcript of Claude Code; left out, where it keeps them. */
  readonly transcript?: string;
  readonly env?: NodeJS.ProcessEnv;
};

/**
 * What somebody has to know who takes a session over: from Claude Code's transcript and task list, git, the project's
 * own files and notes. Secrets are masked, paths outside of the project are left out.
 *
 * @example
 * const { task, todos, files } = await buildContext({ directory: '/home/me/shop' });
 *
 * @returns Never rejects for what is missing: that part of the context is empty.
 */
export async function buildContext(session: SessionToHandOver = {}): Promise<WorkContext> {
  const { directory = process.cwd(), sessionId, transcript, env = process.env } = session;
  const paths = resolveOwnPaths(env);
  const { config } = await loadConfig({ paths, env, projectDir: directory });
  return gatherContext(
    { directory, claudeDir: paths.claudeDir, sessionId, transcript },
    { paths, settings: config.context, now: Date.now },
  );
}
