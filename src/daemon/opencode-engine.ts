/** The engine that works with OpenCode's sessions and tools, on a server of the pool. */
import { discardSession, openSession, runSession } from '../adapters/opencode/run-session.ts';
import type { Engine } from '../core/delegation/engine.ts';
import type { Conversations } from './conversations.ts';
import type { ServerPool } from './server-pool.ts';

export function createOpencodeEngine(
  pool: ServerPool,
  conversations: Conversations,
  stallTimeoutMs: () => number,
): Engine {
  return {
    open: async (work, signal) => {
      const { host, serverId, release } = await pool.lease(signal);
      try {
        const earlier = conversations.find(work.conversation, serverId);
        const session = earlier === null ? await openSession(host, work, signal) : { id: earlier, work };
        return {
          run: async function* ({ prompt, conversation }, turnSignal) {
            conversations.remember(conversation, serverId, session.id);
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
