// The decisions in routing-log.jsonl, each with what became of it.
import { z } from 'zod';
import { MODE_NAMES } from '../../core/routing/mode.ts';
import type { RouteSnapshot, StepNotes } from '../../core/routing/snapshot.ts';
import { SESSION_MODES } from '../../core/session-mode/session-mode.ts';
import type { OutcomeEntry } from './outcome-log.ts';
import { parseTime } from './parse-time.ts';
import type { JsonObject } from './read-json-object.ts';
import { readLog } from './read-log.ts';

export type DecisionRecord = {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly requestId: string;
  readonly sessionId: string | null;
  /** Claude Code's id of the subagent; `null` in lines of an earlier version, and of the second way. */
  readonly agentId: string | null;
  /** As it was asked for. */
  readonly subagentType: string;
  readonly agent: string;
  readonly decision: 'route' | 'native' | 'block';
  readonly reason: string;
  readonly step: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  /** How another model answered; `null` where none did, and in lines of an earlier version. */
  readonly engine: string | null;
  /** Why that one, or why not the other where it was kept on Claude. */
  readonly engineWhy: string | null;
  readonly durationMs: number;
  /** How the model was picked where the role shares its work out, and what spoke for it; `null` elsewhere. */
  readonly balancedBy: string | null;
  readonly balancedWhy: string | null;
  /** Models that were put aside then, and the machine of the team that had found out why; `null`: this one. */
  readonly resting: readonly NotedResting[];
  /** In shadow mode, where the call would have gone; `null` elsewhere. */
  readonly shadow: NotedShadow | null;
  /** `null` in lines of an earlier version, and of calls that never reached the daemon. */
  readonly steps: StepNotes | null;
  readonly inputs: RouteSnapshot | null;
  /** The reason of the line that a routed call which failed has besides. */
  readonly failed: string | null;
  readonly outcome: Pick<
    OutcomeEntry,
    'tokens' | 'costUsd' | 'durationMs' | 'failure' | 'contextChars'
  > | null;
};

export type NotedResting = { readonly key: string; readonly code: string; readonly from: string | null };

export type NotedShadow = {
  readonly reason: string;
  readonly step: string;
  readonly role: string;
  readonly provider: string;
  readonly model: string;
};

const reading = z
  .object({ percent: z.number(), resetsAt: z.number().nullable(), readAt: z.number() })
  .nullable();
const inputsSchema = z.object({
  at: z.number(),
  mode: z.enum(MODE_NAMES),
  // Lines of an earlier version have none.
  session: z.enum(SESSION_MODES).nullable().default(null),
  enabled: z.boolean(),
  fallback: z.boolean(),
  heldOff: z.boolean(),
  pace: z
    .object({
      level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
      window: z.enum(['fiveHour', 'weekly']),
      percentAtReset: z.number(),
    })
    .nullable(),
  quota: z.object({ fiveHour: reading, weekly: reading }),
  permissionMode: z.string().nullable(),
  project: z.string().nullable(),
  // Lines of earlier versions do not say.
  untrusted: z.boolean().default(false),
  minuteOfDay: z.number().nullable(),
  prompt: z.object({ chars: z.number(), files: z.array(z.string()) }).nullable(),
  connected: z.array(z.string()).nullable(),
  budget: z.object({ reason: z.string(), block: z.string().nullable() }).nullable().catch(null),
  reach: z
    .object({
      seesRequests: z.boolean(),
      providers: z.array(z.string()).nullable(),
      agreed: z.array(z.string()),
      refused: z.array(z.string()),
      cheaper: z.boolean(),
      // Lines of earlier versions do not say.
      trial: z.boolean().default(false),
    })
    .nullable()
    .catch(null),
}) satisfies z.ZodType<RouteSnapshot>;
const stepsSchema = z.record(
  z.string(),
  z.object({ said: z.string().nullable(), route: z.boolean().nullable() }).nullable(),
) satisfies z.ZodType<StepNotes>;

const shadowSchema = z.object({
  reason: z.string(),
  step: z.string(),
  role: z.string(),
  provider: z.string(),
  model: z.string(),
}) satisfies z.ZodType<NotedShadow>;

const text = z.string().nullable().catch(null);
const restingSchema = z.object({ key: z.string(), code: z.string(), from: text });
const lineSchema = z.object({
  requestId: z.string().catch(''),
  sessionId: text,
  agentId: text,
  subagentType: z.string().catch(''),
  agent: text,
  decision: z.enum(['route', 'native', 'block']),
  reason: z.string(),
  step: text,
  provider: text,
  model: text,
  engine: text,
  engineWhy: text,
  durationMs: z.number().catch(0),
  balancedBy: text,
  balancedWhy: text,
  resting: z.array(restingSchema).catch([]),
  shadow: shadowSchema.nullable().catch(null),
  steps: stepsSchema.nullable().catch(null),
  inputs: inputsSchema.nullable().catch(null),
});

const count = z.number().catch(0);
const outcomeSchema = z.object({
  requestId: z.string(),
  failure: text,
  tokens: z.object({ input: count, output: count, reasoning: count, cacheRead: count, cacheWrite: count }),
  costUsd: count,
  durationMs: count,
  contextChars: z.number().optional().catch(undefined),
});

export async function readDecisionRecords(
  routingLog: string,
  outcomeLog: string,
): Promise<readonly DecisionRecord[]> {
  const [lines, outcomes] = await Promise.all([readLog(routingLog), readLog(outcomeLog)]);
  const records = new Map<string, DecisionRecord>();
  for (const [index, line] of lines.entries()) addLine(records, line, index);
  for (const line of outcomes) {
    const outcome = outcomeSchema.safeParse(line);
    const record = outcome.success ? records.get(outcome.data.requestId) : undefined;
    if (outcome.success && record !== undefined)
      records.set(record.requestId, { ...record, outcome: outcome.data });
  }
  return [...records.values()];
}

function addLine(records: Map<string, DecisionRecord>, line: JsonObject, index: number): void {
  const parsed = lineSchema.safeParse(line);
  if (!parsed.success) return;
  const { data } = parsed;
  const earlier = data.requestId === '' ? undefined : records.get(data.requestId);
  if (earlier !== undefined && data.reason.startsWith('failed-')) {
    records.set(data.requestId, { ...earlier, failed: data.reason });
    return;
  }
  records.set(data.requestId || `line ${index}`, {
    ...data,
    agent: data.agent ?? data.subagentType,
    timestamp: parseTime(line.timestamp) ?? 0,
    failed: null,
    outcome: null,
  });
}
