/**
 * Works on a task by one try after the other, until one has answered or no further one may follow. Which may is the
 * core's to say; what it cost is the sum of all of them.
 */
import {
  decideNextAttempt,
  type FailedAttempt,
  listRemaining,
  mayHaveActed,
  type NextAttempt,
} from '../../core/delegation/decide-next-attempt.ts';
import type { EngineEvent } from '../../core/delegation/engine.ts';
import { type Failure, type FailureCode, failure, toFailure } from '../../core/delegation/failure.ts';
import { addSpent, NOTHING_SPENT, type Spent } from '../../core/opencode/spent.ts';
import type { Target } from '../../core/routing/decision.ts';
import { addModelSpent } from '../../core/savings/add-model-spent.ts';
import type { ModelSpent } from '../../core/savings/task-savings.ts';
import type { SelectedStrategy } from '../../core/strategy/strategy.ts';
import type { ChosenSession } from '../../core/strategy/strategy-engine.ts';
import type { PreparedWork } from './prepare-task.ts';
import { createReportWriter, type ReportWriter } from './report-writer.ts';

export type TaskWork = {
  readonly work: PreparedWork;
  readonly prompt: string;
  readonly conversation: string | null;
  /** The longest report, in characters. */
  readonly maxChars: number;
};

export type AttemptNews = {
  /** A session is asked for. */
  onOpening(target: Target): void;
  onOpened(session: ChosenSession): void;
  /** Right before the prompt; why the target is not to be asked after all. */
  onBegin(target: Target): FailureCode | null;
  /** `handOut`: the part of the report that may be handed out now. */
  onEvent(event: EngineEvent, handOut: string): void;
  onAttempt(attempt: Attempt, next: NextAttempt): void;
};

export type Attempt = {
  readonly target: Target;
  /** `null`: no session was opened. */
  readonly via: SelectedStrategy | null;
  readonly failure: Failure | null;
  readonly spent: Spent;
  /** From the prompt to the end of the answer; 0 where there was no prompt. */
  readonly durationMs: number;
  readonly filesChanged: readonly string[];
  readonly hadPrompt: boolean;
  readonly usedTools: boolean;
  readonly writer: ReportWriter;
};

export type Ending = Attempt & {
  /** In the order in which they were tried; the last one ended it. */
  readonly byModel: readonly ModelSpent[];
  /** It may have left a mark, although it failed. */
  readonly mayHaveActed: boolean;
};

export type Circumstances = {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** What others have found out in the meantime counts. */
  readonly mayTry: (target: Target) => boolean;
};

/** Never rejects: whatever fails is the ending's failure. */
export async function attemptTask(
  task: TaskWork,
  { signal, now, mayTry }: Circumstances,
  news: AttemptNews,
): Promise<Ending> {
  const { work } = task;
  let [target, ...models] = work.targets;
  let opening = work.firstSession;
  let spent = NOTHING_SPENT;
  let byModel: readonly ModelSpent[] = [];
  for (let triedElsewhere = 0; ; ) {
    const attempt = await attemptOnce(task, { target, opening, signal, now }, news);
    spent = addSpent(spent, attempt.spent);
    byModel = addModelSpent(byModel, attempt.target, attempt.spent);
    const failed = failedAttempt(attempt, work);
    const left = failed === null ? [] : listRemaining(target, failed.code, models).filter(mayTry);
    const next =
      failed === null ? 'give-up' : decideNextAttempt(failed, { modelsLeft: left.length, triedElsewhere });
    news.onAttempt(attempt, next);
    if (next === 'give-up')
      return { ...attempt, spent, byModel, mayHaveActed: failed !== null && mayHaveActed(failed) };
    if (next === 'elsewhere') triedElsewhere += 1;
    else [target = target, ...models] = left;
    opening = work.openAgain(target, signal);
  }
}

function failedAttempt(
  { failure: problem, writer, hadPrompt, usedTools }: Attempt,
  { grant, continues }: PreparedWork,
): FailedAttempt | null {
  if (problem === null) return null;
  const { code } = problem;
  return { code, grant: grant.kind, handedOut: writer.hasHandedOut(), hadPrompt, usedTools, continues };
}

type Try = Pick<Circumstances, 'signal' | 'now'> & {
  readonly target: Target;
  readonly opening: Promise<ChosenSession>;
};

async function attemptOnce(
  { prompt, conversation, maxChars }: TaskWork,
  { target, opening, signal, now }: Try,
  { onOpening, onOpened, onBegin, onEvent }: Omit<AttemptNews, 'onAttempt'>,
): Promise<Attempt> {
  const writer = createReportWriter(maxChars);
  let attempt: Attempt = { ...nothingDone(target), writer };
  let beganAt = Number.NaN;
  try {
    onOpening(target);
    const session = await untilAborted(opening, signal);
    onOpened(session);
    const rests = onBegin(target);
    if (rests !== null) {
      void session.discard().catch(() => undefined);
      throw failure(rests, { detail: 'Another task has failed there meanwhile, so it rests.' });
    }
    attempt = { ...attempt, via: session.via, hadPrompt: true };
    beganAt = now();
    for await (const event of session.run({ prompt, conversation }, signal)) {
      onEvent(event, writer.write(event));
      if (mayAct(event)) attempt = { ...attempt, usedTools: true };
      if (event.type !== 'finished' && event.type !== 'failed') continue;
      const { tokens, costUsd, filesChanged } = event;
      const problem = event.type === 'failed' ? event.failure : null;
      attempt = { ...attempt, spent: { tokens, costUsd }, filesChanged, failure: problem };
    }
  } catch (error) {
    attempt = { ...attempt, failure: toFailure(error) };
  }
  return { ...attempt, durationMs: attempt.hadPrompt ? now() - beganAt : 0 };
}

function mayAct(event: EngineEvent): boolean {
  if (event.type === 'permission') return event.reply === 'once';
  return event.type === 'tool' || event.type === 'tool-started';
}

/** An engine that says nothing at the end has failed. */
function nothingDone(target: Target): Omit<Attempt, 'writer'> {
  const nothing = { via: null, spent: NOTHING_SPENT, durationMs: 0, filesChanged: [] };
  const done = { hadPrompt: false, usedTools: false };
  return { target, ...nothing, ...done, failure: failure('internal', { detail: 'no ending' }) };
}

/** A server that is slow to start must not hold a task beyond its deadline; its session then comes to nobody. */
async function untilAborted(opening: Promise<ChosenSession>, signal: AbortSignal): Promise<ChosenSession> {
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([opening, aborted]);
  } catch (error) {
    opening.then((late) => late.discard()).catch(() => undefined);
    throw error;
  }
}
