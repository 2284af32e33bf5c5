import { type FusionState, fusionStateSpec, NO_FUSION_STATE } from '../adapters/files/fusion-state.ts';
import type { Paths } from '../adapters/files/paths.ts';
import type { RoutingLogEntry } from '../adapters/files/routing-line.ts';
import { appendRoutingLog } from '../adapters/files/routing-log.ts';
import { updateStateFile } from '../adapters/files/state-file.ts';
import type { Problem } from '../protocol/status.ts';
import type { TaskOutcome } from '../protocol/task.ts';
import type { Log } from './log.ts';
import type { Decided, Ended, Recorder } from './recorder.ts';

export type RecorderOptions = { readonly paths: Paths; readonly now: () => number; readonly log: Log };

/** State files are current to within this time. */
const FLUSH_MS = 2_000;
const KEPT_PROBLEMS = 50;

type Delta = { totalTasks: number; routed: number; tokens: number; byProvider: Record<string, number> };

const noDelta = (): Delta => ({ totalTasks: 0, routed: 0, tokens: 0, byProvider: {} });

export function createRecorder({ paths, now, log }: RecorderOptions): Recorder {
  const counters = { running: 0, total: 0, routed: 0, failed: 0, failedOpen: 0 };
  const problems: Problem[] = [];
  const pending = new Set<Promise<unknown>>();
  let delta = noDelta();
  let timer: NodeJS.Timeout | null = null;

  const problem = (code: string, message: string) => {
    problems.push({ at: now(), code, message });
    if (problems.length > KEPT_PROBLEMS) problems.shift();
  };
  const keep = (work: Promise<unknown>) => {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  const append = (entry: RoutingLogEntry) =>
    keep(
      appendRoutingLog(paths.routingLogFile, entry).then((written) => {
        if (written.kind === 'failed') problem('routing-log', written.failure.message);
      }),
    );
  const writeState = async () => {
    timer = null;
    const added = delta;
    delta = noDelta();
    const update = (current: FusionState | null) => add(current ?? NO_FUSION_STATE, added, now());
    const written = await updateStateFile(fusionStateSpec(paths.fusionStateFile), update);
    if (written.kind === 'failed') problem('fusion-state', written.failure.message);
    if (written.kind === 'written' && written.setAside !== null) {
      problem('state-damaged', `${paths.fusionStateFile} was damaged and set aside (${written.setAside}).`);
    }
  };
  const changed = () => {
    timer ??= setTimeout(() => keep(writeState()), FLUSH_MS).unref();
  };

  return {
    decided: (entry) => {
      counters.total += 1;
      delta.totalTasks += 1;
      if (entry.decision.route) counters.running += 1;
      else count(delta.byProvider, 'claude');
      append(decisionLine(entry, now()));
      changed();
    },
    ended: ({ requestId, decision, outcome, failure, request }) => {
      counters.running -= 1;
      if (failure === null) {
        counters.routed += 1;
        delta.routed += 1;
        delta.tokens += tokensOf(outcome);
        count(delta.byProvider, decision.target.provider);
      } else {
        counters.failed += 1;
        problem(failure.code, [failure.message, failure.detail].filter(Boolean).join(' '));
        append(failureLine({ requestId, decision, outcome, failure, request }, now()));
      }
      log.info({ task: requestId, agent: request.agent, ...outcome, failure }, 'task ended');
      changed();
    },
    failedOpen: (report) => {
      counters.failedOpen += 1;
      problem(report.reason, report.detail ?? report.reason);
    },
    problem,
    counters: () => ({ ...counters }),
    recentProblems: () => problems,
    flush: async () => {
      if (timer !== null) {
        clearTimeout(timer);
        keep(writeState());
      }
      await Promise.allSettled(pending);
    },
  };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function tokensOf({ tokens }: TaskOutcome): number {
  return tokens.input + tokens.output + tokens.reasoning + tokens.cacheRead + tokens.cacheWrite;
}

function add(state: FusionState, delta: Delta, at: number): FusionState {
  const byProvider = { ...state.byProvider };
  for (const [provider, tasks] of Object.entries(delta.byProvider)) {
    byProvider[provider] = (byProvider[provider] ?? 0) + tasks;
  }
  return {
    ...state,
    byProvider,
    totalTasks: state.totalTasks + delta.totalTasks,
    routedToOpenCode: state.routedToOpenCode + delta.routed,
    estimatedSavedTokens: state.estimatedSavedTokens + delta.tokens,
    lastUpdated: at,
  };
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
  { requestId, request, decision, outcome, failure }: Ended,
  timestamp: number,
): RoutingLogEntry {
  return {
    timestamp,
    requestId,
    sessionId: request.sessionId ?? null,
    toolName: request.toolName,
    subagentType: request.agent,
    agent: decision.agent.name,
    decision: 'native',
    reason: `failed-${failure?.code ?? 'unknown'}`,
    target: 'claude',
    provider: decision.target.provider,
    model: decision.target.model,
    durationMs: outcome.durationMs,
  };
}
