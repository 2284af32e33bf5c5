/** The engine that works with OpenCode's sessions and tools, on a server of the pool. */
import { discardSession, openSession, runSession } from '../adapters/opencode/run-session.ts';
import type { Engine } from '../core/delegation/engine.ts';
import type { Conversations } from './conversations.ts';
import type { ServerPool } from './server-pool.ts';

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
        const session = earlier === null ? await openSession(host, work, signal) : { id: earlier, work };
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
