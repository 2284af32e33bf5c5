import type { OutcomeEntry, Way } from '../../adapters/files/outcome-log.ts';
import type { Paths } from '../../adapters/files/paths.ts';
import type { RoutingLogEntry, RoutingLogExtra } from '../../adapters/files/routing-line.ts';
import type { Choice } from '../../core/balancing/choice.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import { type Failure, failure } from '../../core/delegation/failure.ts';
import type { Decision } from '../../core/routing/decision.ts';
import { noteSteps, takeSnapshot } from '../../core/routing/snapshot.ts';
import { surveyRoute } from '../../core/routing/survey-route.ts';
import { describePrompt } from '../../core/rules/describe-prompt.ts';
import type { SelectedStrategy } from '../../core/strategy/strategy.ts';
import { toRoutingEvent, toTaskEvent } from '../../core/tracking/to-event.ts';
import type { TrackedEvent } from '../../core/tracking/tracked-event.ts';
import type { ParsedTaskRequest } from '../../protocol/task.ts';
import type { Log } from '../log/log.ts';
import type { DecisionNote, DecisionNotes } from '../routing/decision-notes.ts';
import type { Journal } from './create-journal.ts';
import { createFusionCounter } from './fusion-counter.ts';
import type { ProblemList } from './problem-list.ts';
import type { Decided, Ended, MovedOn, Recorder } from './recorder.ts';

export type RecorderOptions = {
  readonly paths: Pick<Paths, 'fusionStateFile'>;
  readonly journal: Journal;
  readonly problems: ProblemList;
  readonly notes: DecisionNotes;
  /** Hears of every decision and every end. */
  readonly track: (event: TrackedEvent) => void;
  readonly onOutcome: (line: OutcomeEntry) => void;
  readonly onFailedOpen: () => void;
  readonly now: () => number;
  readonly log: Log;
};

export function createRecorder(options: RecorderOptions): Recorder {
  const { paths, journal, problems, notes, track, onOutcome, onFailedOpen, now, log } = options;
  const counters = { running: 0, total: 0, routed: 0, failed: 0, failedOpen: 0 };
  const { problem } = problems;
  const counter = createFusionCounter({ file: paths.fusionStateFile, now, onProblem: problem });

  return {
    decided: (entry) => {
      counters.total += 1;
      if (entry.decision.route) counters.running += 1;
      counter.add({ totalTasks: 1, byProvider: outcomeOf(entry.decision) === 'native' ? { claude: 1 } : {} });
      const line = decisionLine(entry, now());
      const note = notes.of(entry.decision);
      track(toRoutingEvent({ ...line, cached: note?.cached }));
      journal.decision(line, {
        ...callOf(entry.request),
        ...pickOf(entry.choice),
        ...restingOf(entry.resting),
        ...shadowOf(entry.decision),
        ...engineOf(entry.decision),
        ...explanation(entry, note),
      });
    },
    movedOn: (entry) => {
      const { attempt, requestId, request, next } = entry;
      const { code, message, detail } = attempt.failure ?? failure('internal');
      problem(code, [message, detail].filter(Boolean).join(' '));
      const line = movedOnLine(entry, code, now());
      journal.afterwards(line, { ...callOf(request), ...wayOf(attempt.via), next });
      log.warn({ task: requestId, next, target: attempt.target, failure: attempt.failure }, 'task moves on');
    },
    ended: (entry) => {
      const { requestId, outcome, failure, request, via } = entry;
      counters.running -= 1;
      const line = outcomeLine(entry, now());
      track(toTaskEvent(line));
      journal.outcome(line);
      onOutcome(line);
      if (failure === null) {
        counters.routed += 1;
        counter.add({
          routed: 1,
          tokens: countTokens(outcome.tokens),
          byProvider: { [outcome.provider]: 1 },
        });
      } else {
        counters.failed += 1;
        problem(failure.code, [failure.message, failure.detail].filter(Boolean).join(' '));
        journal.afterwards(failureLine(entry, failure, now()), { ...callOf(request), ...wayOf(via) });
      }
      log.info({ task: requestId, agent: request.agent, ...outcome, ...wayOf(via), failure }, 'task ended');
    },
    failedOpen: (report) => {
      counters.failedOpen += 1;
      onFailedOpen();
      problem(report.reason, report.detail ?? report.reason);
    },
    problem,
    counters: () => ({ ...counters }),
    recentProblems: problems.recent,
    flush: async () => {
      await Promise.all([counter.flush(), journal.afterLines(async () => undefined)]);
    },
  };
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
function explanation({ decision, request }: Decided, note: DecisionNote | null): RoutingLogExtra {
  if (note === null) return { step: decision.step };
  const { input, cached } = note;
  // Where no rule asked for the prompt, it was decided without: another configuration may ask for it.
  const prompt = input.prompt ?? describePrompt(request.prompt);
  return {
    step: decision.step,
    cached,
    steps: noteSteps(surveyRoute(input)),
    inputs: takeSnapshot({ ...input, prompt }),
  };
}

function outcomeLine(
  { requestId, request, decision, outcome, failure, via, spent, answerTokens, contextChars }: Ended,
  timestamp: number,
): OutcomeEntry {
  const { provider, model, tokens, costUsd, durationMs } = outcome;
  const { sessionId = null, runId = null } = request;
  return {
    timestamp,
    requestId,
    sessionId,
    runId,
    agent: decision.agent.name,
    provider,
    model,
    engine: decision.engine,
    ...wayOf(via),
    failure: failure?.code ?? null,
    tokens,
    costUsd,
    durationMs,
    contextChars,
    directory: request.directory,
    spent,
    answerTokens,
  };
}

function decisionLine(
  { requestId, request, decision, durationMs }: Decided,
  timestamp: number,
): RoutingLogEntry {
  return {
    ...whoOf(requestId, request, decision, timestamp),
    decision: outcomeOf(decision),
    reason: decision.reason,
    target: ANSWERED_BY[outcomeOf(decision)],
    provider: decision.target?.provider ?? (outcomeOf(decision) === 'block' ? null : 'claude'),
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

/** A routed call that failed has a second line, under the same requestId: what became of it. */
function failureLine(
  { requestId, request, decision, outcome, begun }: Ended,
  { code }: Failure,
  timestamp: number,
): RoutingLogEntry {
  return {
    ...whoOf(requestId, request, decision, timestamp),
    decision: begun ? 'route' : 'native',
    reason: `failed-${code}`,
    target: begun ? 'opencode' : 'claude',
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

/** Who asked tells whether mods work, or the hook had to. */
function callOf({ toolUseId, agentId, via }: ParsedTaskRequest): RoutingLogExtra {
  return {
    toolUseId: toolUseId ?? null,
    ...(agentId === undefined ? {} : { agentId }),
    askedBy: via,
  };
}

/** Where the work of a role is shared out: who was picked follows from the request's id and what was known. */
function pickOf(choice: Choice | null): RoutingLogExtra {
  if (choice === null || choice.strategy === 'first') return {};
  return { balancedBy: choice.strategy, balancedWhy: choice.why };
}

/** Who was passed over, and which machine had found out why. */
function restingOf(resting: Decided['resting'] = []): RoutingLogExtra {
  if (resting.length === 0) return {};
  return { resting: resting.map(({ key, code, from = null }) => ({ key, code, from })) };
}

function engineOf(decision: Decision): RoutingLogExtra {
  const why = decision.engineWhy === undefined ? {} : { engineWhy: decision.engineWhy };
  return decision.route ? { engine: decision.engine, ...why } : why;
}

/** In shadow mode: what would have been routed, and where to. */
function shadowOf(decision: Decision): RoutingLogExtra {
  if (decision.route || decision.shadow === undefined) return {};
  const { reason, step, role, target } = decision.shadow;
  return { shadow: { reason, step, role, provider: target.provider, model: target.model } };
}

/** Which way to OpenCode was taken, and why that one. */
function wayOf(via: SelectedStrategy | null): Partial<Way> {
  if (via === null) return {};
  const { strategy, reason, fellFrom } = via;
  return { strategy, strategyReason: reason, ...(fellFrom === null ? {} : { fellFrom }) };
}
