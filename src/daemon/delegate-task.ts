/** The way of one task: prepared, run by the engine, its events told, what happened written down. */
import type { EngineEvent, Outcome } from '../core/delegation/engine.ts';
import { NO_TOKENS } from '../core/delegation/engine.ts';
import { type Failure, failure, toFailure } from '../core/delegation/failure.ts';
import type { Decision, RoutedDecision } from '../core/routing/decision.ts';
import type { ParsedTaskRequest, TaskOutcome } from '../protocol/task.ts';
import { type PreparationParts, type Prepared, prepareTask } from './prepare-task.ts';
import type { PreparedTasks } from './prepared-tasks.ts';
import type { Recorder } from './recorder.ts';
import { createReportWriter } from './report-writer.ts';
import { createRunningTask, type RunningTask } from './running-task.ts';

export type DelegationParts = PreparationParts & {
  readonly prepared: PreparedTasks;
  readonly recorder: Recorder;
  /** The file that now holds the text; `null` where it could not be written. */
  readonly saveResult: (taskId: string, text: string) => Promise<string | null>;
};

export type Delegation = { readonly decision: Decision; readonly task: RunningTask };

export async function delegateTask(parts: DelegationParts, request: ParsedTaskRequest): Promise<Delegation> {
  const startedAt = parts.now();
  const preparation = parts.prepared.take(request) ?? prepareTask(parts, request);
  const task = createRunningTask(preparation.id);
  const prepared = await preparation.done;
  const { decision } = prepared;
  parts.recorder.decided({ requestId: task.id, request, decision, durationMs: parts.now() - startedAt });
  if (decision.route) void run(parts, { request, prepared, decision, task, startedAt });
  return { decision, task };
}

type Run = {
  readonly request: ParsedTaskRequest;
  readonly prepared: Prepared;
  readonly decision: RoutedDecision;
  readonly task: RunningTask;
  readonly startedAt: number;
};

async function run(parts: DelegationParts, context: Run): Promise<void> {
  const { task, request, prepared } = context;
  const { opencode, results } = prepared.config;
  const limit = Math.min(request.timeoutMs ?? Number.POSITIVE_INFINITY, opencode.timeout);
  const timer = setTimeout(() => task.cancel(failure('deadline-exceeded')), limit);
  const writer = createReportWriter(results.maxChars);
  let ending: Ending = { type: 'failed', failure: failure('internal'), ...nothingDone(context.decision) };
  try {
    const session = await untilAborted(prepared.session(), task.signal);
    const turn = { prompt: request.prompt, conversation: request.agentId ?? null };
    for await (const event of session.run(turn, task.signal)) {
      const text = writer.write(event);
      if (text !== '') task.append({ type: 'text', text });
      if (event.type === 'tool')
        task.append({ type: 'activity', text: `${event.tool} ${event.title}`.trim() });
      if (event.type === 'permission') parts.log.info({ task: task.id, ...event }, 'permission answered');
      if (event.type === 'finished' || event.type === 'failed') ending = event;
    }
  } catch (error) {
    ending = { type: 'failed', failure: toFailure(error), ...nothingDone(context.decision) };
  } finally {
    clearTimeout(timer);
  }
  await end(parts, context, writer, ending);
}

type Ending = Extract<EngineEvent, { type: 'finished' | 'failed' }>;

async function end(
  parts: DelegationParts,
  { request, decision, task, startedAt }: Run,
  writer: ReturnType<typeof createReportWriter>,
  ending: Ending,
): Promise<void> {
  const { rest, file: fullTextFile } = await writer.end((whole) => parts.saveResult(task.id, whole));
  const begun = writer.hasHandedOut() || ending.filesChanged.length > 0;
  const outcome: TaskOutcome = { ...outcomeOf(ending), durationMs: parts.now() - startedAt, fullTextFile };
  const failed: Failure | null = ending.type === 'failed' ? ending.failure : null;
  parts.recorder.ended({ requestId: task.id, request, decision, outcome, failure: failed, begun });
  if (failed !== null && !begun && request.agentId !== undefined) parts.conversations.forget(request.agentId);
  if (rest !== '' && (failed === null || begun)) task.append({ type: 'text', text: rest });
  task.append(
    failed === null ? { type: 'finished', outcome } : { type: 'failed', failure: failed, begun, outcome },
  );
}

function outcomeOf({
  tokens,
  costUsd,
  filesChanged,
  model,
  provider,
}: Outcome): Omit<TaskOutcome, 'durationMs' | 'fullTextFile'> {
  return { tokens, costUsd, filesChanged: [...filesChanged], model, provider };
}

function nothingDone({ target }: RoutedDecision): Outcome {
  return { tokens: NO_TOKENS, costUsd: 0, filesChanged: [], model: target.model, provider: target.provider };
}

/** A server that is slow to start must not hold a task beyond its deadline; its session then comes to nobody. */
async function untilAborted<S extends { discard(): Promise<void> }>(
  opening: Promise<S>,
  signal: AbortSignal,
): Promise<S> {
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([opening, aborted]);
  } catch (error) {
    opening.then((late) => late.discard()).catch(() => undefined);
    throw error;
  }
}
