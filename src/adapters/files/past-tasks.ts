// What task-outcomes.jsonl says of earlier tasks, for whoever asks what tasks take. A line that does not is skipped.
import { z } from 'zod';
import { localDay } from '../../core/budget/local-day.ts';
import type { PastTask } from '../../core/budget/past-task.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import { ENGINES } from '../../core/routing/decision.ts';
import { parseTime } from './parse-time.ts';
import { readLog } from './read-log.ts';

const count = z.number().min(0).catch(0);
const name = z.string().nullable().catch(null);
const lineSchema = z.object({
  timestamp: z.unknown(),
  agent: z.string(),
  provider: z.string(),
  model: z.string(),
  // Lines of an earlier version do not say.
  engine: z.enum(ENGINES).catch('opencode'),
  failure: name,
  tokens: z.object({ input: count, output: count, reasoning: count, cacheRead: count, cacheWrite: count }),
  costUsd: count,
  sessionId: name,
  runId: name,
});

/** Oldest first. Throws the file system's errors, other than that there is no such file. */
export async function readPastTasks(outcomeLog: string): Promise<readonly PastTask[]> {
  return (await readLog(outcomeLog)).flatMap(toPastTask);
}

function toPastTask(line: object): readonly PastTask[] {
  const parsed = lineSchema.safeParse(line);
  if (!parsed.success) return [];
  const { timestamp, agent, provider, model, engine, failure, tokens, costUsd, sessionId, runId } =
    parsed.data;
  const at = parseTime(timestamp);
  if (at === null) return [];
  const used = { tokens: countTokens(tokens), costUsd, finished: failure === null };
  return [{ day: localDayOf(at), agent, model: `${provider}/${model}`, engine, ...used, sessionId, runId }];
}

/** In the time zone of this machine, as it was then. */
export function localDayOf(at: number): number {
  return localDay(at, new Date(at).getTimezoneOffset());
}
