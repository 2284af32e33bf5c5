/**
 * The lead session, where Claude itself has refused because a window is spent: another model answers that step, if the
 * user wants it so. Claude is asked first for every step, so it goes on by itself once its window is back.
 */
import { randomUUID } from 'node:crypto';
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import { describeRescue, markRescue, offerRescue } from '../../core/native-tools/describe-rescue.ts';
import { judgeRefusal, type SpentWindow } from '../../core/native-tools/judge-refusal.ts';
import type { MessagesBody } from '../../core/native-tools/messages-body.ts';
import { startsTurn } from '../../core/native-tools/starts-turn.ts';
import { type DirectReach, decideEngine } from '../../core/routing/decide-engine.ts';
import type { RoutedDecision, Target } from '../../core/routing/decision.ts';
import { listTargets } from '../../core/routing/list-targets.ts';
import type { RefusedStep } from '../../protocol/model-request.ts';
import { taskRequestSchema } from '../../protocol/task.ts';
import type { Spending } from '../budget/spending.ts';
import { formatMoment } from '../sessions/format-moment.ts';
import type { Recorder } from '../tracking/recorder.ts';
import type { TaskTraces } from '../tracking/task-traces.ts';
import type { NativeSteps } from './native-steps.ts';

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
  readonly steps: Pick<NativeSteps, 'assign' | 'answer' | 'leads'>;
  readonly recorder: Pick<Recorder, 'decided'>;
  readonly spending: Pick<Spending, 'limitOf' | 'verdict'>;
  readonly traces: Pick<TaskTraces, 'begin'>;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
};

/** The name under which it is written down. */
const LEAD = 'lead';
const MOST_TOLD = 500;
const NOT_RESCUED: Rescued = { answer: null, told: null };

export function createRescue({ look, steps, recorder, spending, traces, env, now }: RescueOptions): Rescue {
  const told = new Set<string>();
  const once = (key: string, text: string): string | null => {
    if (told.has(key)) return null;
    if (told.size > MOST_TOLD) told.clear();
    told.add(key);
    return text;
  };

  const assign = (
    { sessionId, directory }: RefusedStep,
    { config }: Surroundings,
    { targets, mark }: { readonly targets: Targets; readonly mark: (target: Target) => string },
  ): void => {
    const requestId = randomUUID();
    const decision = decisionFor(targets);
    const request = taskRequestSchema.parse({ agent: LEAD, prompt: '', directory, sessionId, via: 'mod' });
    const { budgets, opencode } = config;
    const limit = spending.limitOf({ agent: LEAD, sessionId }, budgets);
    const call = { id: requestId, sessionId, toolUseId: null, runId: null, via: request.via, prompt: '' };
    const trace = traces.begin({ ...call, traceparent: undefined }, now());
    trace.note({ kind: 'decided', decision });
    recorder.decided({ requestId, request, decision, choice: null, durationMs: 0 });
    steps.assign({
      requestId,
      agentId: idOf(sessionId),
      request,
      decision,
      trace,
      // It is the session itself that shows what is said.
      tell: () => undefined,
      patienceMs: opencode.stallTimeout,
      budgets,
      limit,
      mark: (body, target) => (startsTurn(body) ? mark(target) : null),
    });
  };

  return {
    step: async (refused, body, signal) => {
      const spent = judgeRefusal(refused.headers);
      if (spent === null) return NOT_RESCUED;
      const around = await look(refused.directory);
      const { config } = around;
      const targets = pickTargets(around);
      const { sessionId } = refused;
      if (config.rescue === 'off' || targets === null) return NOT_RESCUED;
      if (spending.verdict({ agent: LEAD, sessionId }, config.budgets)) return NOT_RESCUED;

      const locale = pickLocale(config.locale, env);
      const rescueBy = ({ name: model }: Target) => ({ model, until: describeEnd(spent, now()) });
      const key = `${config.rescue} ${sessionId} ${spent.until}`;
      if (config.rescue === 'ask')
        return { answer: null, told: once(key, offerRescue(rescueBy(targets[0]), locale)) };
      const mark = (target: Target) => markRescue(rescueBy(target), locale);
      if (!steps.leads(idOf(sessionId))) assign(refused, around, { targets, mark });
      const answer = await steps.answer(idOf(sessionId), body, signal);
      if (answer === null) return NOT_RESCUED;
      return { answer, told: once(key, describeRescue(rescueBy(targets[0]), locale)) };
    },
  };
}

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

function describeEnd({ until }: SpentWindow, now: number): string | null {
  return until === null ? null : formatMoment(until, now);
}
