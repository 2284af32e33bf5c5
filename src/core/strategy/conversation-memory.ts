/** In which session did a conversation take place? The daemon remembers it, for all its engines together. */
export type ConversationMemory = {
  /** `null` where there is none, or it took place in another life. */
  find(conversation: string | null, serverId: string): string | null;
  has(conversation: string): boolean;
  remember(conversation: string | null, session: RememberedSession): void;
};

export type RememberedSession = {
  /** Names the life of what holds the session. */
  readonly serverId: string;
  readonly place: string;
  readonly session: string;
};
