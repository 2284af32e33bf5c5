/**
 * Sessions of ours on somebody else's server. Its list of sessions is its user's: ours are deleted as soon as no turn
 * can ask for them any more, and those that a broken connection left at work are stopped first.
 */
import type { OpencodeClient } from '../../adapters/opencode/serve/connect-client.ts';
import { abortSession, discardSession, type OpenSession } from '../../adapters/opencode/serve/run-session.ts';
import { MAX_CONVERSATIONS } from '../delegation/conversations.ts';
import type { SessionKeeper } from './server-pool.ts';

export type GuestSessions = SessionKeeper & {
  /** The connection was lost: nobody goes on with what is there. */
  becomeEarlier(): void;
  /** Clears away what was there when the connection was lost. */
  clearEarlier(): void;
  clear(): Promise<void>;
};

export function createGuestSessions(client: OpencodeClient | null): GuestSessions {
  const current = new Map<string, OpenSession>();
  let earlier: readonly OpenSession[] = [];

  const discard = async (session: OpenSession): Promise<void> => {
    if (client !== null) await discardSession(client, session);
  };
  const end = async (session: OpenSession): Promise<void> => {
    if (client !== null) await abortSession(client, session.id, session.work.directory);
    await discard(session);
  };

  const drop = (session: OpenSession): void => {
    current.delete(session.id);
    void discard(session);
  };

  return {
    opened: (session) => {
      current.delete(session.id);
      current.set(session.id, session);
      // As many were opened later, so its conversation is forgotten.
      const [oldest] = current.values();
      if (current.size > MAX_CONVERSATIONS && oldest !== undefined) drop(oldest);
    },
    ended: (session, mayGoOn) => {
      if (!mayGoOn && current.has(session.id)) drop(session);
    },
    becomeEarlier: () => {
      earlier = [...earlier, ...current.values()];
      current.clear();
    },
    clearEarlier: () => {
      const left = earlier;
      earlier = [];
      for (const session of left) void end(session);
    },
    clear: async () => {
      await Promise.all([...current.values()].map(discard));
      current.clear();
    },
  };
}
