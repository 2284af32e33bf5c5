/**
 * The lead session, where Claude itself has refused because a window is spent: another model answers that step, if the
 * user wants it so. Claude is asked first for every step, so it goes on by itself once its window is back.
 *
 * What the user has said of the session, and what goes on in it, stands at the rescue desk.
 */
import { randomUUID } from 'node:crypto';
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import { describeRescue, markRescue, offerRescue } from '../../core/native-tools/describe-rescue.ts';
import { judgeRefusal } from '../../core/native-tools/judge-refusal.ts';
import type { MessagesBody } from '../../core/native-tools/messages-body.ts';
import {
  answering,
  judgeRescue,
  offer,
  type Refusal,
  type RescueStanding,
} from '../../core/native-tools/rescue-standing.ts';
import { startsTurn } from '../../core/native-tools/starts-turn.ts';
import { type DirectReach, decideEngine } from '../../core/routing/decide-engine.ts';
import type { RoutedDecision, Target } from '../../core/routing/decision.ts';
import { listTargets } from '../../core/routing/list-targets.ts';
import type { RefusedStep } from '../../protocol/model-request.ts';
import { type TaskEvent, taskRequestSchema } from '../../protocol/task.ts';
import type { Spending } from '../budget/spending.ts';
import type { BegunTask } from '../live/watch-task.ts';
import { formatMoment } from '../sessions/format-moment.ts';
import type { Recorder } from '../tracking/recorder.ts';
import type { TaskTraces } from '../tracking/task-traces.ts';
import type { NativeSteps } from './native-steps.ts';
import type { RescueDesk } from './rescue-desk.ts';
import type { AssignedTask } from './work.ts';

/** `answer` is `null`: Claude's refusal stands. `told`: for the person who waits. */
export type Rescued = { readonly answer: AsyncIterable<string> | null; readonly told: string | null };

export type Rescue = {
  step(refused: RefusedStep, body: MessagesBody, signal: AbortSignal): Promise<Rescued>;
};

export type Surroundings = {
  readonly config: Config;
  /** The project brings files that nobody has trusted, and OpenCode would run them when it is asked for a key. */
  readonly isTrusted: boolean;
  readonly connected: ReadonlySet<string> | undefined;
  readonly reach: Omit<DirectReach, 'seesRequests'>;
};

export type RescueOptions = {
  readonly look: (directory: string) => Promise<Surroundings>;
  readonly desk: Pick<RescueDesk, 'get' | 'change'>;
  readonly steps: Pick<NativeSteps, 'assign' | 'answer' | 'leaderOf'>;
  readonly recorder: Pick<Recorder, 'decided'>;
  readonly spending: Pick<Spending, 'limitOf' | 'verdict'>;
  readonly traces: Pick<TaskTraces, 'begin'>;
  /** For whoever looks on; what is given back is told what it does. */
  readonly watch: (begun: BegunTask) => (event: TaskEvent) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
};

/** The name under which it is written down. */
const LEAD = 'lead';
const NOT_RESCUED: Rescued = { answer: null, told: null };

export function createRescue(options: RescueOptions): Rescue {
  const { look, desk, steps, recorder, spending, traces, watch, env, now } = options;

  const assign = (
    { sessionId, directory }: RefusedStep,
    { config }: Surroundings,
    { targets, rescued, mark, refusedAt }: Begun,
  ): void => {
    const requestId = randomUUID();
    const decision = decisionFor(targets);
    const request = taskRequestSchema.parse({ agent: LEAD, prompt: '', directory, sessionId, via: 'mod' });
    const { budgets, opencode } = config;
    const limit = spending.limitOf({ agent: LEAD, sessionId }, budgets);
    const call = { id: requestId, sessionId, toolUseId: null, runId: null, via: request.via, prompt: '' };
    const startedAt = now();
    const trace = traces.begin({ ...call, traceparent: undefined }, startedAt);
    trace.note({ kind: 'decided', decision, rescue: { since: rescued.since, until: rescued.until } });
    recorder.decided({ requestId, request, decision, choice: null, durationMs: now() - refusedAt });
    steps.assign({
      requestId,
      agentId: idOf(sessionId),
      request,
      decision,
      trace,
      tell: watch({ id: requestId, request, decision, startedAt }),
      patienceMs: opencode.stallTimeout,
      budgets,
      limit,
      mark,
    });
  };

  return {
    step: async (refused, body, signal) => {
      const spent = judgeRefusal(refused.headers);
      if (spent === null) return NOT_RESCUED;
      const { sessionId } = refused;
      const refusedAt = now();
      const around = await look(refused.directory);
      const { config } = around;
      const said = judgeRescue(desk.get(sessionId), config.rescue);
      const targets = pickTargets(around);
      if (said === 'leave' || targets === null) return NOT_RESCUED;
      if (spending.verdict({ agent: LEAD, sessionId }, config.budgets)) return NOT_RESCUED;

      const locale = pickLocale(config.locale, env);
      const refusalBy = ({ name: model }: Target): Refusal => {
        return { sessionId, model, until: spent.until, at: now() };
      };
      const inWords = ({ name: model }: Target, { until }: RescueStanding) => {
        return { model, until: until === null ? null : formatMoment(until, now()) };
      };
      const [first] = targets;
      if (said === 'offer') {
        const isNew = desk.change(sessionId, (before) => offer(before, refusalBy(first)));
        const told = offerRescue(inWords(first, offer(desk.get(sessionId), refusalBy(first))), locale);
        return { answer: null, told: isNew ? told : null };
      }
      const before = desk.get(sessionId);
      const rescued = answering(before, refusalBy(first));
      const mark: Mark = (asked, target) => {
        desk.change(sessionId, (standing) => answering(standing, refusalBy(target)));
        return isSaidToUser(asked) ? markRescue(inWords(target, rescued), locale) : null;
      };
      if (steps.leaderOf(idOf(sessionId)) === null)
        assign(refused, around, { targets, rescued, mark, refusedAt });
      const answer = await steps.answer(idOf(sessionId), body, signal);
      if (answer === null) return NOT_RESCUED;
      const isNew = before?.state !== 'answering';
      const leader = steps.leaderOf(idOf(sessionId)) ?? first;
      return { answer, told: isNew ? describeRescue(inWords(leader, rescued), locale) : null };
    },
  };
}

/** What Claude Code asks beside the conversation, a title or what a page says, offers no tools. */
function isSaidToUser(asked: MessagesBody): boolean {
  return startsTurn(asked) && (asked.tools ?? []).length > 0;
}

type Mark = NonNullable<AssignedTask['mark']>;

type Begun = {
  readonly targets: Targets;
  readonly rescued: RescueStanding;
  readonly mark: Mark;
  readonly refusedAt: number;
};

type Targets = readonly [Target, ...Target[]];

/** Those of the strongest role that can be asked directly, but none that the user has refused here. */
function pickTargets({ config, isTrusted, connected, reach }: Surroundings): Targets | null {
  const [first, ...others] = listTargets(config.targets.oracle, connected ?? null);
  if (first === undefined || !isTrusted) return null;
  const { engine, targets } = decideEngine({
    wish: 'native-tools',
    writes: true,
    targets: [first, ...others],
    reach: { ...reach, seesRequests: true },
    mayOpencode: false,
  });
  return engine === 'native-tools' ? targets : null;
}

function decisionFor([target, ...alternatives]: Targets): RoutedDecision {
  return {
    route: true,
    engine: 'native-tools',
    engineWhy: 'configured',
    reason: 'rescue-claude-limit',
    step: 'limit',
    agent: { requested: LEAD, name: LEAD, known: true },
    target,
    alternatives,
    role: 'oracle',
    roleLabel: 'Oracle',
    opencodeAgent: 'general',
    tier: 'high',
    writes: true,
  };
}

/** No subagent's: those have ids of Claude Code's. */
function idOf(sessionId: string): string {
  return `${LEAD}:${sessionId}`;
}
