import type { ConversationMemory } from '../../../core/strategy/conversation-memory.ts';

export type RunEngineOptions = {
  readonly command: string;
  /** Put before our own. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The sessions of all runs. Its folder holds the guard as well. */
  readonly databaseFile: string;
  /** Longest time until OpenCode asks the provider. */
  readonly startTimeoutMs: number;
  /**
   * Longest silence after that. A run tells a text only when it is complete, so this must be longer than a model
   * may take for one answer.
   */
  readonly stallTimeoutMs: () => number;
  readonly conversations: ConversationMemory;
  readonly onOutput?: (line: string) => void;
};
