import type { ConversationMemory } from '../../../core/strategy/conversation-memory.ts';

export type AcpEngineOptions = {
  readonly command: string;
  /** Put before our own. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly databaseFile: string;
  readonly startTimeoutMs: number;
  /** Longest time without a sign of life from the provider. */
  readonly stallTimeoutMs: () => number;
  readonly conversations: ConversationMemory;
  readonly onOutput?: (line: string) => void;
};
