import type { LogWrite } from '../adapters/files/append-log.ts';
import { appendOutcome, type OutcomeEntry } from '../adapters/files/outcome-log.ts';
import type { Paths } from '../adapters/files/paths.ts';
import type { RoutingLogEntry, RoutingLogExtra } from '../adapters/files/routing-line.ts';
import { appendRoutingLog } from '../adapters/files/routing-log.ts';
import type { RouteInput } from '../core/routing/decide-route.ts';
import type { Decision } from '../core/routing/decision.ts';
import { noteSteps, takeSnapshot } from '../core/routing/snapshot.ts';
import { surveyRoute } from '../core/routing/survey-route.ts';
import { describePrompt } from '../core/rules/describe-prompt.ts';
import type { Problem } from '../protocol/status.ts';
import type { TaskOutcome } from '../protocol/task.ts';
import type { DecisionNotes } from './decision-notes.ts';
import { createFusionCounter } from './fusion-counter.ts';
import type { Log } from './log.ts';
import type { Decided, Ended, Recorder } from './recorder.ts';

export type RecorderOptions = {
  readonly paths: Paths;
  readonly notes: DecisionNotes;
  readonly now: () => number;
  readonly log: Log;
};

const KEPT_PROBLEMS = 50;

export function createRecorder({ paths, notes, now, log }: RecorderOptions): Recorder {
  const counters = { running: 0, total: 0, routed: 0, failed: 0, failedOpen: 0 };
  const problems: Problem[] = [];
  const pending = new Set<Promise<void>>();

  const problem = (code: string, message: string) => {
    problems.push({ at: now(), code, message });
    if (problems.length > KEPT_PROBLEMS) problems.shift();
  };
  const counter = createFusionCounter({ file: paths.fusionStateFile, now, onProblem: problem });
  const finish = (code: string, writing: Promise<LogWrite>) => {
    const written = writing
      .then((done) => {
        if (done.kind === 'failed') problem(code, done.failure.message);
      })
      .catch((error: unknown) => problem('internal', String(error)));
    pending.add(written);
    void written.finally(() => pending.delete(written));
  };
  const append = (entry: RoutingLogEntry, extra: RoutingLogExtra) =>
    finish('routing-log', appendRoutingLog(paths.routingLogFile, entry, { extra }));

  return {
    decided: (entry) => {
      counters.total += 1;
      if (entry.decision.route) counters.running += 1;
      counter.add({ totalTasks: 1, byProvider: outcomeOf(entry.decision) === 'native' ? { claude: 1 } : {} });
      append(decisionLine(entry, now()), {
        toolUseId: entry.request.toolUseId ?? null,
        ...explanation(entry, notes.of(entry.decision)),
      });
    },
    ended: ({ requestId, decision, outcome, failure, request, begun }) => {
      counters.running -= 1;
      finish(
        'task-outcomes',
        appendOutcome(paths.outcomeLogFile, outcomeLine({ requestId, decision, outcome, failure }, now())),
      );
      if (failure === null) {
        counters.routed += 1;
        const { provider } = decision.target;
        counter.add({ routed: 1, tokens: tokensOf(outcome), byProvider: { [provider]: 1 } });
      } else {
        counters.failed += 1;
        problem(failure.code, [failure.message, failure.detail].filter(Boolean).join(' '));
        append(failureLine({ requestId, decision, outcome, failure, request, begun }, now()), {
          toolUseId: request.toolUseId ?? null,
        });
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

type DecidedAs = RoutingLogEntry['decision'];

const ANSWERED_BY: Readonly<Record<DecidedAs, RoutingLogEntry['target']>> = {
  route: 'opencode',
  native: 'claude',
  block: 'nobody',
};

function outcomeOf(decision: Decision): DecidedAs {
  if (decision.route) return 'route';
  return decision.block === undefined ? 'native' : 'block';
}

/** What `omcm why` and `omcm replay` need to tell of it later, when the configuration may be another. */
function explanation({ decision, request }: Decided, input: RouteInput | null): RoutingLogExtra {
  if (input === null) return { step: decision.step };
  // Where no rule asked for the prompt, it was decided without: another configuration may ask for it.
  const prompt = input.prompt ?? describePrompt(request.prompt);
  return {
    step: decision.step,
    steps: noteSteps(surveyRoute(input)),
    inputs: takeSnapshot({ ...input, prompt }),
  };
}

function outcomeLine(
  { requestId, decision, outcome, failure }: Pick<Ended, 'requestId' | 'decision' | 'outcome' | 'failure'>,
  timestamp: number,
): OutcomeEntry {
  const { provider, model, tokens, costUsd, durationMs } = outcome;
  return {
    timestamp,
    requestId,
    agent: decision.agent.name,
    provider,
    model,
    failure: failure?.code ?? null,
    tokens,
    costUsd,
    durationMs,
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
    decision: outcomeOf(decision),
    reason: decision.reason,
    target: ANSWERED_BY[outcomeOf(decision)],
    provider: decision.target?.provider ?? (outcomeOf(decision) === 'block' ? null : 'claude'),
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
