/** Follows the transcripts of the sessions that use us, and writes down what Claude spent on them. */
import { createUsageReader, type UsageReader } from '../../adapters/claude-code/usage-reader.ts';
import { appendClaudeUsage, readClaudeUsage } from '../../adapters/files/claude-usage-log.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import type { ClaudeMessage } from '../../core/savings/claude-usage.ts';

export type ClaudeUsageFollower = {
  /** From now on, until it is silent for long. */
  follow(sessionId: string | undefined, claudeDir: string): void;
  stop(): Promise<void>;
};

export type FollowerOptions = {
  readonly file: string;
  readonly now: () => number;
  /** What an earlier daemon has written down. */
  readonly onKnown: (messages: readonly ClaudeMessage[]) => void;
  readonly onMessages: (messages: readonly ClaudeMessage[]) => void;
  readonly onProblem: (code: string, message: string) => void;
  readonly readEveryMs?: number;
};

type Followed = { readonly reader: Promise<UsageReader>; heardAt: number };

const READ_EVERY_MS = 2_000;
/** A session that goes on after that is followed again with its next subagent. */
const FORGET_AFTER_MS = 15 * 60_000;

export function createClaudeUsageFollower(options: FollowerOptions): ClaudeUsageFollower {
  const { file, now, onKnown, onMessages, onProblem, readEveryMs = READ_EVERY_MS } = options;
  const followed = new Map<string, Followed>();
  let timer: NodeJS.Timeout | null = null;
  let reading: Promise<void> = Promise.resolve();

  const open = async (sessionId: string, claudeDir: string): Promise<UsageReader> => {
    // What an earlier daemon has written down is not written again.
    const messages = (await readClaudeUsage(file)).filter((message) => message.sessionId === sessionId);
    const known = messages.map(({ messageId, tokens }) => [messageId, countTokens(tokens)] as const);
    onKnown(messages);
    return createUsageReader({ claudeDir, sessionId, known });
  };
  const readAll = async () => {
    for (const [sessionId, session] of followed) {
      const messages = await (await session.reader).read();
      if (messages.length > 0) {
        session.heardAt = now();
        onMessages(messages);
        const written = await appendClaudeUsage(file, messages);
        if (written.kind === 'failed') onProblem('claude-usage', written.failure.message);
      }
      if (now() - session.heardAt > FORGET_AFTER_MS) followed.delete(sessionId);
    }
    if (followed.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
  const readInTurn = () => {
    reading = reading.then(readAll).catch((error: unknown) => onProblem('claude-usage', String(error)));
    return reading;
  };

  return {
    follow: (sessionId, claudeDir) => {
      if (sessionId === undefined || sessionId === '') return;
      const known = followed.get(sessionId);
      if (known !== undefined) known.heardAt = now();
      else followed.set(sessionId, { reader: open(sessionId, claudeDir), heardAt: now() });
      timer ??= setInterval(() => void readInTurn(), readEveryMs).unref();
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
      await readInTurn();
    },
  };
}
