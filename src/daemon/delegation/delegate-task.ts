/** The way of one task: prepared, worked on, its events told, what happened written down. */
import type { Budgets } from '../../core/budget/budgets.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import { isModelAtFault } from '../../core/delegation/decide-next-attempt.ts';
import { type EngineEvent, NO_TOKENS } from '../../core/delegation/engine.ts';
import { type Failure, failure, toFailure } from '../../core/delegation/failure.ts';
import { explainStandstill } from '../../core/dispatch/explain-standstill.ts';
import type { QuotaReadings } from '../../core/quota/reading.ts';
import type { Decision, RoutedDecision, Target } from '../../core/routing/decision.ts';
import { estimateTokens } from '../../core/savings/estimate-tokens.ts';
import { describeBlock } from '../../protocol/describe-block.ts';
import type { ParsedTaskRequest, TaskEvent, TaskOutcome } from '../../protocol/task.ts';
import type { Spending } from '../budget/spending.ts';
import type { NativeSteps } from '../native-tools/native-steps.ts';
import type { Recorder } from '../tracking/recorder.ts';
import type { CallToTrace, TaskTrace, TaskTraces } from '../tracking/task-traces.ts';
import { type Attempt, attemptTask, type Ending } from './attempt-task.ts';
import type { FoldBack } from './fold-back.ts';
import { type PreparationParts, type PreparedWork, prepareTask } from './prepare-task.ts';
import type { PreparedTasks } from './prepared-tasks.ts';
import { createRunningTask, type RunningTask } from './running-task.ts';
import { createTaskMeter } from './task-meter.ts';

export type DelegationParts = PreparationParts & {
  readonly prepared: PreparedTasks;
  readonly recorder: Recorder;
  readonly foldBack: FoldBack;
  readonly nativeSteps: Pick<NativeSteps, 'assign'>;
  readonly traces: Pick<TaskTraces, 'begin'>;
  readonly spending: Pick<Spending, 'limitOf' | 'progress' | 'ended'>;
  /** The file that now holds the text; `null` where it could not be written. */
  readonly saveResult: (taskId: string, text: string) => Promise<string | null>;
};

/** Right before a prompt is given away. */
export type OnPrompt = (prompted: {
  readonly target: Target;
  readonly mayWrite: boolean;
  /** Left out: this machine. */
  readonly worker?: string;
}) => void;

export type DelegationManner = {
  readonly onPrompt?: OnPrompt | undefined;
  /** A copy of the request's folder, where the work is to be done. */
  readonly workIn?: string | undefined;
};

export type Delegation = { readonly decision: Decision; readonly task: RunningTask };

export async function delegateTask(
  parts: DelegationParts,
  request: ParsedTaskRequest,
  { onPrompt = () => undefined, workIn }: DelegationManner = {},
): Promise<Delegation> {
  const startedAt = parts.now();
  const announced = workIn === undefined ? parts.prepared.take(request) : null;
  const preparation = announced ?? prepareTask(parts, request, workIn);
  const task = createRunningTask(preparation.id);
  const trace = parts.traces.begin(toTraced(task.id, request), startedAt);
  const { decision, config, quota, choice, resting, work } = await preparation.done;
  const durationMs = parts.now() - startedAt;
  parts.recorder.decided({ requestId: task.id, request, decision, choice, resting, durationMs });
  trace.note({ kind: 'decided', decision });
  if (!decision.route) trace.end();
  // What Claude answers now, the session at OpenCode does not know.
  if (!decision.route && request.agentId !== undefined) parts.conversations.forget(request.agentId);
  if (decision.route && decision.engine === 'native-tools' && request.agentId !== undefined) {
    const { agentId } = request;
    const { budgets, opencode } = config;
    const limit = parts.spending.limitOf({ ...request, agent: decision.agent.name }, budgets);
    const bounds = { patienceMs: opencode.stallTimeout, budgets, limit };
    const told = { trace, tell: task.append };
    parts.nativeSteps.assign({ requestId: task.id, agentId, request, decision, ...told, ...bounds });
  } else if (decision.route && work !== null) {
    const limitMs = Math.min(request.timeoutMs ?? Number.POSITIVE_INFINITY, config.opencode.timeout);
    const { maxChars } = config.results;
    task.signal.addEventListener('abort', () => preparation.abandon(), { once: true });
    const { budgets } = config;
    const bounds = { limitMs, maxChars, budgets };
    const context = { request, decision, work, quota, task, trace, startedAt, onPrompt, ...bounds };
    run(parts, context).catch((error: unknown) => {
      parts.log.error({ task: task.id, error: String(error) }, 'a task broke');
      parts.spending.ended(task.id, null, budgets);
      trace.end();
      task.append(broken(decision, error, parts.now() - startedAt));
    });
  }
  return { decision, task };
}

type Run = {
  readonly request: ParsedTaskRequest;
  readonly decision: RoutedDecision;
  readonly work: PreparedWork;
  readonly quota: QuotaReadings;
  readonly budgets: Budgets;
  readonly task: RunningTask;
  readonly trace: TaskTrace;
  readonly startedAt: number;
  readonly limitMs: number;
  readonly maxChars: number;
  readonly onPrompt: OnPrompt;
};

async function run(parts: DelegationParts, context: Run): Promise<void> {
  const { task, trace, request, work, maxChars, decision, budgets } = context;
  const timer = setTimeout(() => task.cancel(failure('deadline-exceeded')), context.limitMs);
  const { prompt } = request;
  const conversation = request.agentId ?? null;
  const { dispatch, now, spending } = parts;
  const limit = spending.limitOf({ ...request, agent: decision.agent.name }, budgets);
  const meter = createTaskMeter({ task, who: whoOf(context), limit, budgets, spending });
  let report = '';
  const circumstances = { signal: task.signal, now, mayTry: dispatch.mayTry };
  const ending = await attemptTask({ work, prompt, conversation, maxChars }, circumstances, {
    onOpening: (target) => trace.note({ kind: 'opening', target }),
    onOpened: ({ via, server = null }) => trace.note({ kind: 'opened', strategy: via.strategy, server }),
    onBegin: (target) => {
      const rests = dispatch.begin(target);
      if (rests === null) context.onPrompt({ target, mayWrite: work.grant.kind !== 'read-only' });
      return rests;
    },
    onEvent: (event, handOut) => {
      report += handOut;
      if (event.type !== 'text') trace.note({ kind: 'event', event });
      tell(parts, task, event, handOut);
      meter(event);
    },
    onAttempt: (attempt, next) => {
      const { target, spent, durationMs: latencyMs, failure } = attempt;
      const { role } = decision;
      const { costUsd } = spent;
      trace.note({ kind: 'attempt-ended', failure: failure?.code ?? null });
      if (attempt.hadPrompt)
        dispatch.ended({ role, target, failure, latencyMs, tokens: countTokens(spent.tokens), costUsd });
      if (next === 'give-up') return;
      // What it has said so far is said to another one now.
      if (conversation !== null) parts.conversations.forget(conversation);
      const durationMs = parts.now() - context.startedAt;
      parts.recorder.movedOn({ requestId: task.id, request, decision, next, attempt, durationMs });
    },
  });
  clearTimeout(timer);
  await end(parts, context, ending, report);
}

function tell(parts: DelegationParts, task: RunningTask, event: EngineEvent, handOut: string): void {
  if (handOut !== '') task.append({ type: 'text', text: handOut });
  if (event.type === 'tool') task.append({ type: 'activity', text: `${event.tool} ${event.title}`.trim() });
  if (event.type === 'permission') parts.log.info({ task: task.id, ...event }, 'permission answered');
}

async function end(parts: DelegationParts, context: Run, ending: Ending, told: string): Promise<void> {
  const { request, decision, task, trace, startedAt, work } = context;
  const { writer, failure: failed, via } = ending;
  const streamed = writer.handedOutTokens();
  const { rest, file } = await writer.end((whole) => parts.saveResult(task.id, whole));
  const standstill = failed === null ? null : explainFailure(parts, context, failed);
  const left = writer.hasHandedOut() || ending.filesChanged.length > 0 || ending.mayHaveActed;
  // What a person has stopped is not begun again on Claude.
  const begun = left || standstill !== null || failed?.code === 'stopped';
  const outcome: TaskOutcome = {
    ...outcomeOf(ending),
    durationMs: parts.now() - startedAt,
    fullTextFile: file,
  };
  const { provider, tokens, costUsd } = outcome;
  trace.note({ kind: 'ended', failure: failed?.code ?? null, used: outcome });
  trace.end(told + rest);
  const { engine } = decision;
  const used = { model: `${provider}/${outcome.model}`, engine, tokens: countTokens(tokens), costUsd };
  parts.spending.ended(task.id, { ...whoOf(context), ...used, finished: failed === null }, context.budgets);
  const answerTokens = streamed + (failed === null || left ? estimateTokens(rest) : 0);
  const spent = ending.byModel;
  const ended = { requestId: task.id, request, decision, outcome, failure: failed, begun, via };
  const contextChars = (await work.context).length;
  parts.recorder.ended({ ...ended, spent, answerTokens, contextChars });
  if (failed !== null && !begun && request.agentId !== undefined) parts.conversations.forget(request.agentId);
  if (rest !== '' && (failed === null || left)) task.append({ type: 'text', text: rest });
  if (standstill !== null) task.append({ type: 'text', text: standstill });
  const { sessionId, directory } = request;
  const { filesChanged: files } = outcome;
  // Written down before the end is told: whoever asks next may be told of it.
  if (failed === null || files.length > 0)
    await parts.foldBack({ sessionId, directory, agent: decision.agent.name, report: told + rest, files });
  task.append(
    failed === null ? { type: 'finished', outcome } : { type: 'failed', failure: failed, begun, outcome },
  );
}

function toTraced(id: string, request: ParsedTaskRequest): CallToTrace {
  const { sessionId = null, toolUseId = null, runId = null, via, prompt, traceparent } = request;
  return { id, sessionId, toolUseId, runId, via, prompt, traceparent };
}

function whoOf({ request, decision }: Run) {
  const { sessionId = null, runId = null } = request;
  return { agent: decision.agent.name, sessionId, runId };
}

/** Where Claude cannot take over, or shall not, the caller is told why; `null` where it can. */
function explainFailure(
  { dispatch, now }: DelegationParts,
  { work, quota, request, budgets }: Run,
  { code, message, detail }: Failure,
): string | null {
  if (code === 'over-budget' && budgets.onExceeded === 'stop')
    return `[${message} (${detail}) Only the user can raise it (budgets.task). Do not start it again.]`;
  if (!isModelAtFault(code) || request.model !== undefined) return null;
  const back = dispatch.firstBack(work.targets);
  const standstill = back && explainStandstill(quota, back, now());
  return standstill && describeBlock(request.agent, { rule: null, message: standstill });
}

function broken({ target }: RoutedDecision, error: unknown, durationMs: number): TaskEvent {
  const { model, provider } = target;
  const nothing = { tokens: NO_TOKENS, costUsd: 0, filesChanged: [], fullTextFile: null };
  // What it has done is not known, so it must not be done again as if nothing had happened.
  const outcome = { ...nothing, model, provider, durationMs };
  return { type: 'failed', failure: toFailure(error), begun: true, outcome };
}

function outcomeOf({
  spent,
  filesChanged,
  target,
}: Attempt): Omit<TaskOutcome, 'durationMs' | 'fullTextFile'> {
  return { ...spent, filesChanged: [...filesChanged], model: target.model, provider: target.provider };
}
