/**
 * Which subagents are led by another model now, and what becomes of each.
 *
 *   opened ─▶ asks ─▶ answered, with a call ─▶ asks ─▶ …  ─▶ answered, without one ─(nothing follows)─▶ finished
 *               │                │ (silent for long) ─▶ cancelled           └─▶ asks: it was a summary, or a hook goes on
 *               ├─▶ broken off ─(nothing follows)─▶ cancelled
 *               └─▶ nobody could answer ─▶ failed, and Claude's
 */
import { countTokens } from '../../core/delegation/count-tokens.ts';
import { type Failure, failure } from '../../core/delegation/failure.ts';
import { type Spent, sumSpent } from '../../core/opencode/spent.ts';
import type { Target } from '../../core/routing/decision.ts';
import { addModelSpent } from '../../core/savings/add-model-spent.ts';
import { estimateTokens } from '../../core/savings/estimate-tokens.ts';
import type { Spending } from '../budget/spending.ts';
import type { Recorder } from '../tracking/recorder.ts';
import type { AssignedTask, Work } from './work.ts';

export type WorkDesk = {
  open(task: AssignedTask): void;
  /** Whom its next request goes to first; `null`: nobody of ours leads it. */
  leaderOf(agentId: string): Target | null;
  /** Its next request has come: it goes on. */
  take(agentId: string): Work | null;
  spend(work: Work, target: Target, spent: Spent): void;
  /** Its next request will come. */
  expect(work: Work): void;
  /** It has answered without a call. */
  answered(work: Work, text: string): void;
  brokenOff(work: Work): void;
  /** Claude goes on with it, or nobody. */
  fail(work: Work, why: Failure, begun: boolean): void;
  tokensOf(work: Work): number;
  running(): number;
  /** Ends all of them, as it would if they were never heard of again. */
  closeAll(): void;
};

export type WorkDeskParts = {
  readonly recorder: Pick<Recorder, 'ended'>;
  readonly spending: Pick<Spending, 'progress' | 'ended'>;
  readonly now: () => number;
};

/** A subagent that has not asked for so long was ended, or its session was: a tool may take its time. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;
/** What follows a last answer follows at once: the summary of a compaction, the word of a hook. */
const GRACE_MS = 5_000;

type Waiting = {
  readonly timer: NodeJS.Timeout;
  readonly end: () => void;
};

export function createWorkDesk({ recorder, spending, now }: WorkDeskParts): WorkDesk {
  const works = new Map<string, Work>();
  /** What becomes of a work if nothing follows. */
  const waiting = new Map<Work, Waiting>();

  const attend = (work: Work): void => {
    clearTimeout(waiting.get(work)?.timer);
    waiting.delete(work);
  };

  const end = (work: Work, { why, text, begun }: Ending, at = now()): void => {
    attend(work);
    if (works.get(work.agentId) !== work) return;
    works.delete(work.agentId);
    const { requestId, request, decision, startedAt, byModel, budgets } = work;
    const { provider, model } = byModel.at(-1) ?? decision.target;
    const spent = sumSpent(byModel);
    const used = {
      model: `${provider}/${model}`,
      engine: decision.engine,
      tokens: countTokens(spent.tokens),
      costUsd: spent.costUsd,
    };
    const outcome = { ...spent, filesChanged: [], model, provider, durationMs: at - startedAt };
    work.trace.note({ at, kind: 'ended', failure: why?.code ?? null, used: outcome });
    work.trace.end(text);
    spending.ended(requestId, { ...whoOf(work), ...used, finished: why === null }, budgets);
    recorder.ended({
      requestId,
      request,
      decision,
      outcome: { ...outcome, fullTextFile: null },
      contextChars: 0,
      failure: why,
      begun,
      via: null,
      spent: byModel,
      answerTokens: estimateTokens(text),
    });
  };

  const endAfter = (work: Work, ms: number, ending: Ending): void => {
    attend(work);
    if (works.get(work.agentId) !== work) return;
    // What was waited for afterwards is no part of its time.
    const at = now();
    const close = () => end(work, ending, at);
    waiting.set(work, { timer: setTimeout(close, ms).unref(), end: close });
  };

  const expect = (work: Work): void => endAfter(work, FORGOTTEN_AFTER_MS, CANCELLED);

  const settle = (work: Work): void => {
    const ended = waiting.get(work)?.end;
    if (ended === undefined) end(work, CANCELLED);
    else ended();
  };

  const tokensOf = ({ byModel }: Work): number => countTokens(sumSpent(byModel).tokens);

  return {
    open: (task) => {
      const { target, alternatives } = task.decision;
      const earlier = works.get(task.agentId);
      if (earlier !== undefined) settle(earlier);
      const targets = [target, ...alternatives];
      const work: Work = { ...task, startedAt: now(), targets, byModel: [], access: new Map() };
      works.set(task.agentId, work);
      spending.progress({ ...whoOf(work), task: task.requestId, tokens: 0 }, task.budgets);
      expect(work);
    },
    leaderOf: (agentId) => works.get(agentId)?.targets[0] ?? null,
    take: (agentId) => {
      const work = works.get(agentId) ?? null;
      if (work !== null) attend(work);
      return work;
    },
    spend: (work, target, spent) => {
      work.byModel = addModelSpent(work.byModel, target, spent);
      const { requestId: task, budgets } = work;
      spending.progress({ ...whoOf(work), task, tokens: tokensOf(work) }, budgets);
    },
    expect,
    answered: (work, text) => endAfter(work, GRACE_MS, { why: null, text, begun: true }),
    brokenOff: (work) => endAfter(work, GRACE_MS, CANCELLED),
    fail: (work, why, begun) => end(work, { why, text: '', begun }),
    tokensOf,
    running: () => works.size,
    closeAll: () => {
      for (const work of [...works.values()]) settle(work);
    },
  };
}

type Ending = { readonly why: Failure | null; readonly text: string; readonly begun: boolean };

/** Nobody goes on with it. */
const CANCELLED: Ending = { why: failure('cancelled'), text: '', begun: true };

function whoOf({ request, decision }: Work) {
  const { sessionId = null, runId = null } = request;
  return { agent: decision.agent.name, sessionId, runId };
}
