/** Gives one prompt to a session over ACP and tells what happens, event by event. */
import { relative } from 'node:path';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { methods, type PromptResponse, type SessionUpdate } from '@agentclientprotocol/sdk';
import type { EngineEvent, EngineWork, Outcome, Turn } from '../../../core/delegation/engine.ts';
import { type Failure, failure, toFailure } from '../../../core/delegation/failure.ts';
import type { LogNews } from '../../../core/opencode/log-line.ts';
import {
  failureOf,
  followTries,
  hear,
  isLikelyRetried,
  NO_TRIES,
  type Tries,
} from '../../../core/opencode/tries.ts';
import { createEventQueue, type EventQueue } from '../event-queue.ts';
import { classifyRefusal } from './classify-refusal.ts';
import { judgeRequest } from './judge-request.ts';
import { judgeStop, usageOf } from './judge-stop.ts';
import type { AcpSession } from './open-session.ts';
import { promptBlocks } from './prompt-blocks.ts';
import { endStep, NEW_TURN, readSessionUpdate, type TurnState } from './session-update.ts';

type News =
  | { readonly kind: 'update'; readonly update: SessionUpdate }
  | { readonly kind: 'log'; readonly news: LogNews }
  | { readonly kind: 'event'; readonly event: EngineEvent }
  | { readonly kind: 'stopped'; readonly response: PromptResponse }
  | { readonly kind: 'refused'; readonly failure: Failure };

type Progress = {
  readonly turn: TurnState;
  readonly tries: Tries;
  readonly response: PromptResponse | null;
  readonly problem: Failure | null;
};

/** A tool may take as long as its task may. */
const WITHOUT_LIMIT = 2 ** 31 - 1;
/** OpenCode tells within this time if it gives up after a complaint; if not, it asks again after 2 s. */
const GIVE_UP_MS = 1_000;
/** How long a cancelled prompt may take to end. */
const CANCEL_MS = 2_000;

export async function* runTurn(
  session: AcpSession,
  { prompt, stallTimeoutMs }: Pick<Turn, 'prompt'> & { readonly stallTimeoutMs: number },
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  const queue = createEventQueue<News>();
  const unfollow = follow(session, queue);
  let progress: Progress = { turn: NEW_TURN, tries: NO_TRIES, response: null, problem: null };
  let prompting = Promise.resolve();
  try {
    signal.throwIfAborted();
    prompting = sendPrompt(session, prompt, queue);
    while (progress.response === null && progress.problem === null) {
      const silence = judgeSilence(progress, stallTimeoutMs);
      const news = await queue.take(silence.limitMs, signal);
      const read =
        news === null
          ? { progress: { ...progress, problem: silence.failure }, out: [] }
          : take(progress, news);
      progress = read.progress;
      yield* read.out;
    }
  } catch (error) {
    progress = { ...progress, problem: toFailure(signal.aborted ? signal.reason : error) };
  } finally {
    if (progress.response === null) await cancel(session, prompting);
    unfollow();
  }
  const outcome = outcomeOf(progress, session.work);
  if (progress.problem === null) yield { type: 'finished', ...outcome };
  else yield { type: 'failed', failure: progress.problem, ...outcome };
}

function follow({ host, id, work }: AcpSession, queue: EventQueue<News>): () => void {
  return host.follow(id, {
    onUpdate: (update) => queue.push({ kind: 'update', update }),
    onLog: (news) => queue.push({ kind: 'log', news }),
    judge: async (request) => {
      const { event, response } = await judgeRequest(request, work);
      queue.push({ kind: 'event', event });
      return response;
    },
  });
}

/** Never rejects: how it ended is news like any other. */
async function sendPrompt(session: AcpSession, prompt: string, queue: EventQueue<News>): Promise<void> {
  const { host, id, work, isInstructed } = session;
  const blocks = promptBlocks(prompt, isInstructed ? null : work.instructions);
  try {
    const response = await host.agent.request(methods.agent.session.prompt, {
      sessionId: id,
      prompt: blocks,
    });
    // The updates that came before the answer are still on their way to their handlers.
    await breathe();
    queue.push({ kind: 'stopped', response });
  } catch (error) {
    queue.push({ kind: 'refused', failure: classifyRefusal(error) });
  }
}

type Silence = { readonly limitMs: number; readonly failure: Failure };

type Reading = { readonly progress: Progress; readonly out: readonly EngineEvent[] };

function take(progress: Progress, news: News): Reading {
  switch (news.kind) {
    case 'event':
      return { progress, out: [news.event] };
    case 'refused':
      return { progress: { ...progress, problem: news.failure }, out: [] };
    case 'log': {
      const { tries, failure: problem } = followTries(progress.tries, news.news);
      return { progress: { ...progress, tries, problem }, out: [] };
    }
    case 'update': {
      const { state, out, isHeard } = readSessionUpdate(progress.turn, news.update);
      const tries = isHeard ? hear(progress.tries) : progress.tries;
      return { progress: { ...progress, turn: state, tries }, out };
    }
    case 'stopped': {
      const { response } = news;
      const problem = judgeStop(response, progress.turn);
      const out = problem === null ? [endStep(progress.turn, 'stop')] : [];
      return { progress: { ...progress, response, problem }, out };
    }
  }
}

function judgeSilence({ tries, turn }: Progress, stallTimeoutMs: number): Silence {
  if (turn.running.size > 0) return { limitMs: WITHOUT_LIMIT, failure: failure('internal') };
  if (isLikelyRetried(tries)) return { limitMs: GIVE_UP_MS, failure: failureOf(tries) };
  return { limitMs: stallTimeoutMs, failure: failure('provider-silent') };
}

/** Waits for the end of what was cancelled: whoever asked for it may go on to take the session's files in hand. */
async function cancel({ host, id }: AcpSession, prompting: Promise<void>): Promise<void> {
  await host.agent.notify(methods.agent.session.cancel, { sessionId: id }).catch(() => undefined);
  await Promise.race([prompting, sleep(CANCEL_MS, undefined, { ref: false })]);
}

function outcomeOf({ turn, response }: Progress, { directory, target }: EngineWork): Outcome {
  return {
    tokens: usageOf(response),
    costUsd: turn.costUsd,
    filesChanged: [...turn.files].map((file) => relative(directory, file)).sort(),
    model: target.model,
    provider: target.provider,
  };
}
