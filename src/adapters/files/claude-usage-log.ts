// claude-usage.jsonl: what Claude itself spent, one line for an answer; a later line of the same answer replaces it.
import { z } from 'zod';
import type { ClaudeMessage } from '../../core/savings/claude-usage.ts';
import { appendLog, type LogWrite } from './append-log.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { readLog } from './read-log.ts';

export async function appendClaudeUsage(file: string, messages: readonly ClaudeMessage[]): Promise<LogWrite> {
  const lines = messages.map((message) =>
    JSON.stringify({ ...message, timestamp: formatTime(message.timestamp) }),
  );
  return appendLog(file, lines.join('\n'));
}

const count = z.number().min(0).catch(0);
const lineSchema = z.object({
  sessionId: z.string(),
  directory: z.string().nullable().catch(null),
  agentId: z.string().nullable().catch(null),
  messageId: z.string(),
  model: z.string(),
  tokens: z.object({ input: count, output: count, reasoning: count, cacheRead: count, cacheWrite: count }),
});

/** Throws the file system's errors. */
export async function readClaudeUsage(file: string): Promise<readonly ClaudeMessage[]> {
  const lines = await readLog(file);
  return lines.flatMap((line) => {
    const parsed = lineSchema.safeParse(line);
    const timestamp = parseTime(line.timestamp);
    return parsed.success && timestamp !== null ? [{ ...parsed.data, timestamp }] : [];
  });
}
