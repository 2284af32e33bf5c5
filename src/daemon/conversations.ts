/** Which OpenCode session went with which subagent, so that a resumed subagent finds its own history. */
type Known = { readonly serverId: string; readonly session: string };

export type Conversations = {
  /** `null` where there is none, or its server is no longer the same. */
  find(conversation: string | null, serverId: string): string | null;
  has(conversation: string): boolean;
  remember(conversation: string | null, serverId: string, session: string): void;
  /** Somebody else has answered in between: the session no longer knows all that was said. */
  forget(conversation: string): void;
};

/** Bounded: beyond this the oldest conversation is forgotten, and its subagent goes on with Claude. */
const MAX_CONVERSATIONS = 500;

export function createConversations(): Conversations {
  const known = new Map<string, Known>();
  return {
    find: (conversation, serverId) => {
      const found = conversation === null ? undefined : known.get(conversation);
      return found?.serverId === serverId ? found.session : null;
    },
    has: (conversation) => known.has(conversation),
    forget: (conversation) => void known.delete(conversation),
    remember: (conversation, serverId, session) => {
      if (conversation === null) return;
      known.delete(conversation);
      known.set(conversation, { serverId, session });
      const [oldest] = known.keys();
      if (known.size > MAX_CONVERSATIONS && oldest !== undefined) known.delete(oldest);
    },
  };
}
