/** The way of one task: decide, hand to the engine, tell its events, write down what happened. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import {
  type Engine,
  type EngineEvent,
  type EngineTask,
  NO_TOKENS,
  type Outcome,
} from '../core/delegation/engine.ts';
import { type Failure, failure, toFailure } from '../core/delegation/failure.ts';
import { decideEnvelope } from '../core/permissions/envelope.ts';
import type { Decision, RoutedDecision } from '../core/routing/decision.ts';
import type { ParsedTaskRequest, TaskOutcome } from '../protocol/task.ts';
import type { AgentInstructions } from './agent-instructions.ts';
import type { Conversations } from './conversations.ts';
import type { Log } from './log.ts';
import type { Recorder } from './recorder.ts';
import { createReportWriter } from './report-writer.ts';
import type { Router } from './router.ts';
import { createRunningTask, type RunningTask } from './running-task.ts';

export type DelegationParts = {
  readonly router: Router;
  readonly engine: Engine;
  readonly conversations: Conversations;
  readonly instructions: AgentInstructions;
  readonly recorder: Recorder;
  /** The file that now holds the text; `null` where it could not be written. */
  readonly saveResult: (taskId: string, text: string) => Promise<string | null>;
  readonly now: () => number;
  readonly log: Log;
};

export type Delegation = { readonly decision: Decision; readonly task: RunningTask };

export async function delegateTask(parts: DelegationParts, request: ParsedTaskRequest): Promise<Delegation> {
  const startedAt = parts.now();
  const id = randomUUID();
  const task = createRunningTask(id);
  const { decision, config } = await decide(parts, request);
  parts.recorder.decided({ requestId: id, request, decision, durationMs: parts.now() - startedAt });
  if (!decision.route) return { decision, task };
  const deadline = Math.min(request.timeoutMs ?? Number.POSITIVE_INFINITY, config.opencode.timeout);
  void run(parts, { request, decision, task, startedAt, deadline, config });
  return { decision, task };
}

type Decided = {
  readonly decision: Decision;
  readonly config: Awaited<ReturnType<Router['decide']>>['config'];
};

async function decide(parts: DelegationParts, request: ParsedTaskRequest): Promise<Decided> {
  const decided = await parts.router.decide(request);
  const { decision } = decided;
  if (!decision.route) return decided;
  if (!(await isDirectory(request.directory)))
    return { ...decided, decision: keep(decision, 'directory-missing') };
  const { agentId, resumed } = request;
  const isStrange = resumed && (agentId === undefined || !parts.conversations.has(agentId));
  return isStrange ? { ...decided, decision: keep(decision, 'resumed-on-claude') } : decided;
}

function keep(decision: RoutedDecision, reason: string): Decision {
  return { route: false, reason, step: 'task', agent: decision.agent, opencodeAgent: null, target: null };
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

type Run = {
  readonly request: ParsedTaskRequest;
  readonly decision: RoutedDecision;
  readonly task: RunningTask;
  readonly startedAt: number;
  readonly deadline: number;
  readonly config: Decided['config'];
};

async function run(parts: DelegationParts, context: Run): Promise<void> {
  const { task, deadline } = context;
  const timer = setTimeout(() => task.cancel(failure('deadline-exceeded')), deadline);
  const writer = createReportWriter(context.config.results.maxChars);
  let ending: Ending | null = null;
  try {
    const engineTask = await toEngineTask(parts, context);
    for await (const event of parts.engine.run(engineTask, task.signal)) {
      const text = writer.write(event);
      if (text !== '') task.append({ type: 'text', text });
      if (event.type === 'tool')
        task.append({ type: 'activity', text: `${event.tool} ${event.title}`.trim() });
      if (event.type === 'permission') parts.log.info({ task: task.id, ...event }, 'permission answered');
      if (event.type === 'finished' || event.type === 'failed') ending = event;
    }
  } catch (error) {
    parts.log.error({ task: task.id, error: String(error) }, 'delegation broke');
    ending = { type: 'failed', failure: toFailure(error), ...nothingDone(context.decision) };
  } finally {
    clearTimeout(timer);
  }
  await end(
    parts,
    context,
    writer,
    ending ?? { type: 'failed', failure: failure('internal'), ...nothingDone(context.decision) },
  );
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
  parts.recorder.ended({ requestId: task.id, request, decision, outcome, failure: failed });
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

async function toEngineTask(
  parts: DelegationParts,
  { request, decision, task, config }: Run,
): Promise<EngineTask> {
  const { delegateWrites } = config.permissions;
  const { permissionMode } = request;
  const envelope = decideEnvelope({ writes: decision.writes, permissionMode, delegateWrites });
  return {
    id: task.id,
    prompt: request.prompt,
    instructions: await parts.instructions(request.agent, request.directory, request.sessionId),
    directory: request.directory,
    target: decision.target,
    opencodeAgent: decision.opencodeAgent,
    // Routing has asked the same question already, so `stay` cannot come here; if it did, less is safe.
    grant: envelope.kind === 'stay' ? { kind: 'read-only' } : envelope,
    conversation: request.agentId ?? null,
  };
}
