/** What has come of the work in OpenCode, from the last session that the user had there. */
import {
  exportOwnSession,
  findOwnSession,
  type OwnSessionsOptions,
} from '../adapters/opencode/own-sessions.ts';
import { assembleContext } from '../core/context/assemble-context.ts';
import { parseOpencodeSession } from '../core/context/parse-opencode-session.ts';
import { EMPTY_DIGEST } from '../core/context/transcript-digest.ts';
import type { WorkContext } from '../core/context/work-context.ts';
import { NO_READINGS } from '../core/quota/reading.ts';
import type { GatherParts } from './gather-context.ts';
import { createScrub } from './scrub.ts';
import { scrubValue } from './scrub-value.ts';

export type OpencodePlace = OwnSessionsOptions & {
  /** Left out: the last one of the project. */
  readonly sessionId?: string | undefined;
};

export async function gatherReturn(
  place: OpencodePlace,
  { settings, now }: GatherParts,
): Promise<WorkContext | null> {
  const startedAt = now();
  const { directory } = place;
  const id = place.sessionId ?? (await findOwnSession(place))?.id;
  if (id === undefined) return null;
  const session = parseOpencodeSession(await exportOwnSession(place, id), directory);
  const { summary, todos, changed, decisions } = await scrubValue(session, await createScrub(directory));
  const builtAt = now();
  const context = assembleContext(
    {
      digest: { ...EMPTY_DIGEST, sessionId: id, decisions },
      todos,
      directory,
      git: { branch: null, changed },
      projectDecisions: [],
      notes: [],
      delegated: [],
      delegatedDecisions: [],
      quota: NO_READINGS,
      saved: null,
      builtAt,
      buildMs: builtAt - startedAt,
    },
    settings,
  );
  // What was asked stands in the session that it came from; what counts here is what came of it.
  return {
    ...context,
    task: { ...context.task, description: summary },
    meta: { ...context.meta, from: 'opencode' },
  };
}
