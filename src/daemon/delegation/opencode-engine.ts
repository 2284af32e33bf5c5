/** The engine that works with OpenCode's sessions and tools, on a server of the pool. */
import {
  discardSession,
  type OpenSession,
  openSession,
  reopenSession,
  runSession,
} from '../../adapters/opencode/serve/run-session.ts';
import type { Engine, EngineWork } from '../../core/delegation/engine.ts';
import { failure, isFailure } from '../../core/delegation/failure.ts';
import type { Lease, ServerPool } from '../pool/server-pool.ts';
import type { Conversations } from './conversations.ts';

export type OpencodeEngineOptions = {
  readonly stallTimeoutMs: () => number;
  /** How long a task may wait for a server. */
  readonly deadlineMs: () => number;
  /** How long a server may take to open a session: some 20 ms where the folder is warm, 2 s where it is not. */
  readonly openTimeoutMs: number;
  /** For whoever wants to know since when a server is its task's. */
  readonly now?: () => number;
};

const LOST = failure('server-died', { detail: 'The conversation was lost with its server.' });

export function createOpencodeEngine(
  pool: ServerPool,
  conversations: Conversations,
  { stallTimeoutMs, deadlineMs, openTimeoutMs, now }: OpencodeEngineOptions,
): Engine {
  return {
    open: async (work, signal) => {
      const prefers = conversations.placeOf(work.conversation);
      const lease = await pool.lease(signal, { deadlineMs: deadlineMs(), prefers, work });
      const { host, serverId, place, sessions, release } = lease;
      const share = now === undefined ? {} : { server: { id: place, since: now() } };
      try {
        const earlier = conversations.find(work.conversation, serverId);
        if (earlier === null && isLost(conversations, work)) throw LOST;
        const session = await openOn(lease, { earlier, work, openTimeoutMs }, signal);
        sessions.opened(session);
        return {
          ...share,
          run: async function* ({ prompt, conversation }, turnSignal) {
            conversations.remember(conversation, { serverId, place, session: session.id });
            try {
              yield* runSession(host, session, { prompt, stallTimeoutMs: stallTimeoutMs() }, turnSignal);
            } finally {
              sessions.ended(session, conversation !== null);
              release();
            }
          },
          discard: async () => {
            if (earlier === null) await discardSession(host.client, session);
            sessions.ended(session, earlier !== null);
            release();
          },
        };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

type Opening = {
  readonly earlier: string | null;
  readonly work: EngineWork;
  readonly openTimeoutMs: number;
};

/** Rejects with a `Failure`: the signal's, or one that says what the server did. */
async function openOn(
  { host, suspect }: Lease,
  { earlier, work, openTimeoutMs }: Opening,
  signal: AbortSignal,
): Promise<OpenSession> {
  const late = failure('server-refused', { detail: `no answer within ${openTimeoutMs} ms` });
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(late), openTimeoutMs);
  const limited = AbortSignal.any([signal, limit.signal]);
  try {
    return await (earlier === null
      ? openSession(host, work, limited)
      : reopenSession(host, earlier, work, limited));
  } catch (error) {
    if (signal.aborted) throw error;
    suspect();
    throw isFailure(error) && error.code !== 'internal' ? error : refusalOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(error: unknown) {
  const detail = isFailure(error) ? error.detail : String(error);
  return failure('server-refused', detail === undefined ? {} : { detail });
}

/** A new session would answer as if nothing had been said; Claude has the whole conversation. */
function isLost(conversations: Conversations, { conversation }: EngineWork): boolean {
  return conversation !== null && conversations.has(conversation);
}
