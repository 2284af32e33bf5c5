import type { Paths } from '../adapters/files/paths.ts';
import type { RoutingLogEntry } from '../adapters/files/routing-line.ts';
import { appendRoutingLog } from '../adapters/files/routing-log.ts';
import type { Problem } from '../protocol/status.ts';
import type { TaskOutcome } from '../protocol/task.ts';
import { createFusionCounter } from './fusion-counter.ts';
import type { Log } from './log.ts';
import type { Decided, Ended, Recorder } from './recorder.ts';

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
  const append = (entry: RoutingLogEntry, toolUseId: string | undefined) => {
    const extra = { toolUseId: toolUseId ?? null };
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
      append(decisionLine(entry, now()), entry.request.toolUseId);
    },
    ended: ({ requestId, decision, outcome, failure, request, begun }) => {
      counters.running -= 1;
      if (failure === null) {
        counters.routed += 1;
        const { provider } = decision.target;
        counter.add({ routed: 1, tokens: tokensOf(outcome), byProvider: { [provider]: 1 } });
      } else {
        counters.failed += 1;
        problem(failure.code, [failure.message, failure.detail].filter(Boolean).join(' '));
        append(
          failureLine({ requestId, decision, outcome, failure, request, begun }, now()),
          request.toolUseId,
        );
      }
      log.info({ task: requestId, agent: request.agent, ...outcome, failure }, 'task ended');
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
    timestamp,
    requestId,
    sessionId: request.sessionId ?? null,
    toolName: request.toolName,
    subagentType: request.agent,
    agent: decision.agent.name,
    decision: decision.route ? 'route' : 'native',
    reason: decision.reason,
    target: decision.route ? 'opencode' : 'claude',
    provider: decision.target?.provider ?? 'claude',
    model: decision.target?.model ?? null,
    durationMs,
  };
}

/** A routed call that failed has a second line, under the same requestId: what became of it. */
function failureLine(
  { requestId, request, decision, outcome, failure, begun }: Ended,
  timestamp: number,
): RoutingLogEntry {
  return {
    timestamp,
    requestId,
    sessionId: request.sessionId ?? null,
    toolName: request.toolName,
    subagentType: request.agent,
    agent: decision.agent.name,
    decision: begun ? 'route' : 'native',
    reason: `failed-${failure?.code ?? 'unknown'}`,
    target: begun ? 'opencode' : 'claude',
    provider: decision.target.provider,
    model: decision.target.model,
    durationMs: outcome.durationMs,
  };
}
