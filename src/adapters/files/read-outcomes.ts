// The tasks in task-outcomes.jsonl, as what they spent.
import { z } from 'zod';
import type { TaskRecord } from '../../core/savings/task-savings.ts';
import { parseTime } from './parse-time.ts';
import { readLog } from './read-log.ts';

const count = z.number().min(0).catch(0);
const tokens = z.object({
  input: count,
  output: count,
  reasoning: count,
  cacheRead: count,
  cacheWrite: count,
});
const text = z.string().nullable().catch(null);
const spent = z.object({ provider: z.string(), model: z.string(), tokens, costUsd: count });
const lineSchema = spent.extend({
  requestId: z.string(),
  agent: z.string(),
  sessionId: text,
  directory: text,
  failure: text,
  spent: z.array(spent).nullable().catch(null),
  answerTokens: z.number().min(0).nullable().catch(null),
});

/** Oldest first. Throws the file system's errors. */
export async function readOutcomes(file: string): Promise<readonly TaskRecord[]> {
  const lines = await readLog(file);
  return lines.flatMap((line) => {
    const timestamp = parseTime(line.timestamp);
    const parsed = lineSchema.safeParse(line);
    if (!parsed.success || timestamp === null) return [];
    const { provider, model, tokens, costUsd, spent, ...task } = parsed.data;
    return [{ ...task, timestamp, spent: spent ?? [{ provider, model, tokens, costUsd }] }];
  });
}
