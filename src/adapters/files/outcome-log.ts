// task-outcomes.jsonl: what came of each routed task, and what it used, as its provider reported it.
import type { ModelSpent } from '../../core/savings/task-savings.ts';
import { appendLog, type LogWrite } from './append-log.ts';
import { formatTime } from './parse-time.ts';

/** The way to OpenCode that was taken. */
export type Way = {
  readonly strategy: string;
  readonly strategyReason: string;
  /** What would have been taken, had it been there. */
  readonly fellFrom?: string;
};

export type OutcomeEntry = Partial<Way> & {
  /** Milliseconds since the epoch; the file says it in ISO 8601. */
  readonly timestamp: number;
  /** The same as in routing-log.jsonl. */
  readonly requestId: string;
  /** The session of Claude Code that asked for it, and the run that it is part of. */
  readonly sessionId: string | null;
  readonly runId: string | null;
  readonly agent: string;
  readonly provider: string;
  readonly model: string;
  /** Left out in lines of an earlier version: OpenCode. */
  readonly engine?: string | undefined;
  /** `null`: it finished. */
  readonly failure: string | null;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly reasoning: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
  };
  readonly costUsd: number;
  readonly durationMs: number;
  /** Of what the task was told of its session, beside its prompt; left out in lines of an earlier version. */
  readonly contextChars?: number | undefined;
  readonly directory: string;
  /** Each model that was tried, as its provider reported it; the last one answered. The sums stand above. */
  readonly spent: readonly ModelSpent[];
  /** What was handed back, as a rough count. */
  readonly answerTokens: number;
};

export async function appendOutcome(file: string, entry: OutcomeEntry): Promise<LogWrite> {
  return appendLog(file, JSON.stringify({ ...entry, timestamp: formatTime(entry.timestamp) }));
}
