import type { Paths } from '../adapters/files/paths.ts';
import type { RoutingLogEntry, RoutingLogExtra } from '../adapters/files/routing-line.ts';
import { appendRoutingLog } from '../adapters/files/routing-log.ts';
import { failure } from '../core/delegation/failure.ts';
import type { Decision } from '../core/routing/decision.ts';
import type { SelectedStrategy } from '../core/strategy/strategy.ts';
import type { Problem } from '../protocol/status.ts';
import type { ParsedTaskRequest, TaskOutcome } from '../protocol/task.ts';
import { createFusionCounter } from './fusion-counter.ts';
import type { Log } from './log.ts';
import type { Decided, Ended, MovedOn, Recorder } from './recorder.ts';

export type RecorderOptions = { readonly paths: Paths; readonly now: () => number; readonly log: Log };

const KEPT_PROBLEMS = 50;

export function createRecorder({ paths, now, log }: RecorderOptions): Recorder {
  const counters = { running: 0, total: 0, routed: 0, failed: 0, failedOpen: 0 };
  const problems: Problem[] = [];
  const pending = new Set<Promise<void>>();

  const problem = (code: string, message: string) => {
    problems.push({ at: now(), code, message });
    if (problems.length > KEPT_PROBLEMS) problems.shift();
  };
  const counter = createFusionCounter({ file: paths.fusionStateFile, now, onProblem: problem });
  const append = (entry: RoutingLogEntry, extra: RoutingLogExtra) => {
    const appended = appendRoutingLog(paths.routingLogFile, entry, { extra })
      .then((written) => {
        if (written.kind === 'failed') problem('routing-log', written.failure.message);
      })
      .catch((error: unknown) => problem('internal', String(error)));
    pending.add(appended);
    void appended.finally(() => pending.delete(appended));
  };

  return {
    decided: (entry) => {
      counters.total += 1;
      if (entry.decision.route) counters.running += 1;
      counter.add({ totalTasks: 1, byProvider: entry.decision.route ? {} : { claude: 1 } });
      append(decisionLine(entry, now()), callOf(entry.request));
    },
    movedOn: (entry) => {
      const { attempt, requestId, request, next } = entry;
      const { code, message, detail } = attempt.failure ?? failure('internal');
      problem(code, [message, detail].filter(Boolean).join(' '));
      append(movedOnLine(entry, code, now()), { ...callOf(request), ...wayOf(attempt.via), next });
      log.warn({ task: requestId, next, target: attempt.target, failure: attempt.failure }, 'task moves on');
    },
    ended: (entry) => {
      const { requestId, outcome, failure, request, via } = entry;
      counters.running -= 1;
      if (failure === null) {
        counters.routed += 1;
        counter.add({ routed: 1, tokens: tokensOf(outcome), byProvider: { [outcome.provider]: 1 } });
      } else {
        counters.failed += 1;
        problem(failure.code, [failure.message, failure.detail].filter(Boolean).join(' '));
      }
      append(endLine(entry, now()), { ...callOf(request), ...wayOf(via), ...costOf(outcome) });
      log.info({ task: requestId, agent: request.agent, ...outcome, ...wayOf(via), failure }, 'task ended');
    },
    failedOpen: (report) => {
      counters.failedOpen += 1;
      problem(report.reason, report.detail ?? report.reason);
    },
    problem,
    counters: () => ({ ...counters }),
    recentProblems: () => problems,
    flush: async () => {
      await Promise.all([counter.flush(), ...pending]);
    },
  };
}

function tokensOf({ tokens }: TaskOutcome): number {
  return tokens.input + tokens.output + tokens.reasoning + tokens.cacheRead + tokens.cacheWrite;
}

function decisionLine(
  { requestId, request, decision, durationMs }: Decided,
  timestamp: number,
): RoutingLogEntry {
  return {
    ...whoOf(requestId, request, decision, timestamp),
    decision: decision.route ? 'route' : 'native',
    reason: decision.reason,
    target: decision.route ? 'opencode' : 'claude',
    provider: decision.target?.provider ?? 'claude',
    model: decision.target?.model ?? null,
    durationMs,
  };
}

/** The first line of a try that was not the last: what became of it. */
function movedOnLine(
  { requestId, request, decision, attempt, durationMs }: MovedOn,
  code: string,
  timestamp: number,
): RoutingLogEntry {
  return {
    ...whoOf(requestId, request, decision, timestamp),
    decision: 'route',
    reason: `failed-${code}`,
    target: 'opencode',
    provider: attempt.target.provider,
    model: attempt.target.model,
    durationMs,
  };
}

/** The last line of a routed call, under the same requestId: what became of it. */
function endLine(
  { requestId, request, decision, outcome, failure, begun }: Ended,
  timestamp: number,
): RoutingLogEntry {
  const isTheirs = failure === null || begun;
  return {
    ...whoOf(requestId, request, decision, timestamp),
    decision: isTheirs ? 'route' : 'native',
    reason: failure === null ? 'answered' : `failed-${failure.code}`,
    target: isTheirs ? 'opencode' : 'claude',
    provider: outcome.provider,
    model: outcome.model,
    durationMs: outcome.durationMs,
  };
}

type Who = Pick<
  RoutingLogEntry,
  'timestamp' | 'requestId' | 'sessionId' | 'toolName' | 'subagentType' | 'agent'
>;

function whoOf(requestId: string, request: ParsedTaskRequest, decision: Decision, timestamp: number): Who {
  const { sessionId = null, toolName, agent } = request;
  return { timestamp, requestId, sessionId, toolName, subagentType: agent, agent: decision.agent.name };
}

function callOf({ toolUseId }: ParsedTaskRequest): RoutingLogExtra {
  return { toolUseId: toolUseId ?? null };
}

function wayOf(via: SelectedStrategy | null): RoutingLogExtra {
  if (via === null) return {};
  const { strategy, reason, fellFrom } = via;
  return { strategy, strategyReason: reason, ...(fellFrom === null ? {} : { fellFrom }) };
}

function costOf({ tokens, costUsd }: TaskOutcome): RoutingLogExtra {
  const { input, output, reasoning, cacheRead, cacheWrite } = tokens;
  return { input, output, reasoning, cacheRead, cacheWrite, costUsd };
}
