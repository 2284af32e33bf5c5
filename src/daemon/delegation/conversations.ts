/** Which OpenCode session went with which subagent, so that a resumed subagent finds its own history. */
type Known = { readonly serverId: string; readonly place: string; readonly session: string };

export type Conversations = {
  /** `null` where there is none, or its server is no longer the same. */
  find(conversation: string | null, serverId: string): string | null;
  has(conversation: string): boolean;
  /** Somebody else has answered in between: the session no longer knows all that was said. */
  forget(conversation: string): void;
  /** The place of the server that has it. */
  placeOf(conversation: string | null): string | null;
  remember(conversation: string | null, known: Known): void;
};

/** Bounded: beyond this the oldest conversation is forgotten, and its subagent goes on with Claude. */
export const MAX_CONVERSATIONS = 500;

export function createConversations(): Conversations {
  const known = new Map<string, Known>();
  return {
    find: (conversation, serverId) => {
      const found = conversation === null ? undefined : known.get(conversation);
      return found?.serverId === serverId ? found.session : null;
    },
    has: (conversation) => known.has(conversation),
    forget: (conversation) => void known.delete(conversation),
    placeOf: (conversation) => (conversation === null ? null : (known.get(conversation)?.place ?? null)),
    remember: (conversation, latest) => {
      if (conversation === null) return;
      known.delete(conversation);
      known.set(conversation, latest);
      const [oldest] = known.keys();
      if (known.size > MAX_CONVERSATIONS && oldest !== undefined) known.delete(oldest);
    },
  };
}
