/** Gives one prompt to a cold process and tells what happens, event by event, until the process is gone. */
import { relative } from 'node:path';
import type { EngineEvent, EngineWork, Outcome, Turn } from '../../../core/delegation/engine.ts';
import { type Failure, toFailure } from '../../../core/delegation/failure.ts';
import { sumSpent } from '../../../core/opencode/spent.ts';
import type { ColdOutput, ColdProcess } from './cold-process.ts';
import { readGuardQuestion } from './guard-plugin.ts';
import { judgeCall } from './judge-call.ts';
import { judgeExit } from './judge-exit.ts';
import {
  type Advance,
  judgeSilence,
  NO_PROGRESS,
  type Patience,
  type Progress,
  readEventLine,
  readLog,
} from './progress.ts';
import type { RunState } from './run-event.ts';

export type ColdTurn = {
  readonly process: ColdProcess;
  readonly work: EngineWork;
  readonly turn: Turn;
  readonly patience: Patience;
  readonly onSession: (session: string) => void;
};

export async function* runTurn(cold: ColdTurn, signal: AbortSignal): AsyncGenerator<EngineEvent> {
  const { process, work, turn } = cold;
  let progress = NO_PROGRESS;
  let problem: Failure | null = null;
  try {
    // A run that may write gets its prompt from `answerGuard`, when its guard is there.
    if (work.grant.kind === 'read-only') process.givePrompt(turn.prompt);
    while (true) {
      const silence = judgeSilence(progress, cold.patience);
      const output = await process.take(silence.limitMs, signal);
      if (output?.from === 'exit') {
        problem = judgeExit(progress.run, { ...progress, ...output });
        break;
      }
      const advance = output === null ? null : await read(cold, progress, output);
      progress = advance?.progress ?? progress;
      yield* advance?.out ?? [];
      problem = advance === null ? silence.failure : progress.problem;
      if (problem !== null) break;
    }
  } catch (error) {
    problem = toFailure(signal.aborted ? signal.reason : error);
  } finally {
    await process.end();
    if (progress.run.session !== null) cold.onSession(progress.run.session);
  }
  const outcome = outcomeOf(progress.run, work);
  yield problem === null
    ? { type: 'finished', ...outcome }
    : { type: 'failed', failure: problem, ...outcome };
}

type Line = Exclude<ColdOutput, { from: 'exit' }>;

async function read(cold: ColdTurn, progress: Progress, { from, line }: Line): Promise<Advance> {
  switch (from) {
    case 'events':
      return readEventLine(progress, line);
    case 'log':
      return readLog(progress, line);
    case 'guard':
      return takeAnswer(progress, await answerGuard(cold, line));
  }
}

function takeAnswer(progress: Progress, out: readonly EngineEvent[]): Advance {
  const isActing = out.some((event) => event.type === 'permission' && event.reply === 'once');
  return { progress: isActing ? { ...progress, isActing } : progress, out };
}

async function answerGuard({ process, work, turn }: ColdTurn, line: string): Promise<readonly EngineEvent[]> {
  const question = readGuardQuestion(line);
  if (question === null) return [];
  if (question.kind === 'ready') {
    process.givePrompt(turn.prompt);
    return [];
  }
  const judged = await judgeCall(question, work);
  process.answerGuard(judged ?? { reply: 'once' });
  return judged === null ? [] : [judged];
}

function outcomeOf({ spent, files }: RunState, { directory, target }: EngineWork): Outcome {
  return {
    ...sumSpent(spent.values()),
    filesChanged: [...files].map((file) => relative(directory, file)).sort(),
    model: target.model,
    provider: target.provider,
  };
}
