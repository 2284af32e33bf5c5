/** The engine that works with OpenCode's sessions and tools, on a server of the pool. */
import { discardSession, openSession, reopenSession, runSession } from '../adapters/opencode/run-session.ts';
import type { Engine, EngineWork } from '../core/delegation/engine.ts';
import { failure } from '../core/delegation/failure.ts';
import type { Conversations } from './conversations.ts';
import type { ServerPool } from './server-pool.ts';

const LOST = failure('server-died', { detail: 'The conversation was lost with its server.' });

export function createOpencodeEngine(
  pool: ServerPool,
  conversations: Conversations,
  { stallTimeoutMs, deadlineMs }: { stallTimeoutMs: () => number; deadlineMs: () => number },
): Engine {
  return {
    open: async (work, signal) => {
      const prefers = conversations.placeOf(work.conversation);
      const { host, serverId, place, release } = await pool.lease(signal, {
        deadlineMs: deadlineMs(),
        prefers,
      });
      try {
        const earlier = conversations.find(work.conversation, serverId);
        if (earlier === null && isLost(conversations, work)) throw LOST;
        const session =
          earlier === null
            ? await openSession(host, work, signal)
            : await reopenSession(host, earlier, work, signal);
        return {
          run: async function* ({ prompt, conversation }, turnSignal) {
            conversations.remember(conversation, { serverId, place, session: session.id });
            try {
              yield* runSession(host, session, { prompt, stallTimeoutMs: stallTimeoutMs() }, turnSignal);
            } finally {
              release();
            }
          },
          discard: async () => {
            if (earlier === null) await discardSession(host.client, session);
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

/** A new session would answer as if nothing had been said; Claude has the whole conversation. */
function isLost(conversations: Conversations, { conversation }: EngineWork): boolean {
  return conversation !== null && conversations.has(conversation);
}
