/** Runs one delegated task in a session of one server and tells what happens, event by event. */
import { relative } from 'node:path';
import type { EngineEvent, EngineWork, Outcome } from '../../../core/delegation/engine.ts';
import { type Failure, failure, toFailure } from '../../../core/delegation/failure.ts';
import { sumSpent } from '../../../core/opencode/spent.ts';
import { toOpencodeRules } from '../../../core/permissions/opencode-rules.ts';
import { createEventQueue } from '../event-queue.ts';
import { answerPermission, answerQuestion } from './answer-requests.ts';
import { type OpencodeClient, orThrow } from './connect-client.ts';
import type { EventFeed, SessionEvent } from './event-feed.ts';
import { type ReadState, readSessionEvent, startReading } from './read-session-event.ts';

export type SessionHost = {
  readonly client: OpencodeClient;
  readonly feed: EventFeed;
  /** Resolves when the server is gone. */
  readonly exited: Promise<string>;
};

/** A tool may take as long as its task may. */
const WITHOUT_LIMIT = 2 ** 31 - 1;

/** How much later than its connections a server's end may be noticed. */
const EXIT_NOTICE_MS = 300;

/** A session of this server, made for one piece of work. */
export type OpenSession = { readonly id: string; readonly work: EngineWork };

/** Rejects with a `Failure`. */
export async function openSession(
  host: SessionHost,
  work: EngineWork,
  signal: AbortSignal,
): Promise<OpenSession> {
  const ended = untilEnded(host, signal);
  try {
    const created = await host.client.session.create(
      {
        directory: work.directory,
        // A title of our own: without one OpenCode asks a model for it.
        title: `omcm ${work.id}`,
        permission: toOpencodeRules(work.grant).map((rule) => ({ ...rule })),
      },
      { signal: ended, ...orThrow },
    );
    return { id: created.data.id, work };
  } catch (error) {
    throw await problemOf(error, ended);
  }
}

/**
 * The session of an earlier turn. It may do what this turn may do: Claude Code's permission mode may have changed.
 * Rejects with a `Failure`.
 */
export async function reopenSession(
  { client, exited }: SessionHost,
  id: string,
  work: EngineWork,
  signal: AbortSignal,
): Promise<OpenSession> {
  const ended = untilEnded({ exited }, signal);
  try {
    // OpenCode puts these after the rules that are there, and the last rule that matches wins.
    const permission = toOpencodeRules(work.grant).map((rule) => ({ ...rule }));
    const { directory } = work;
    await client.session.update({ sessionID: id, directory, permission }, { signal: ended, ...orThrow });
    return { id, work };
  } catch (error) {
    throw await problemOf(error, ended);
  }
}

/** Aborts with the signal, and when the server is gone. */
function untilEnded({ exited }: Pick<SessionHost, 'exited'>, signal: AbortSignal): AbortSignal {
  const stop = new AbortController();
  void exited.then((how) => stop.abort(failure('server-died', { detail: how })));
  return AbortSignal.any([signal, stop.signal]);
}

export async function discardSession(client: OpencodeClient, { id, work }: OpenSession): Promise<void> {
  const signal = AbortSignal.timeout(2_000);
  await client.session
    .delete({ sessionID: id, directory: work.directory }, { signal })
    .catch(() => undefined);
}

export type Prompting = { readonly prompt: string; readonly stallTimeoutMs: number };

export async function* runSession(
  host: SessionHost,
  { id: session, work: task }: OpenSession,
  { prompt, stallTimeoutMs }: Prompting,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  const ended = untilEnded(host, signal);
  const queue = createEventQueue<SessionEvent>();
  const unfollow = host.feed.follow(session, queue.push);
  let state = startReading(session);
  let problem: Failure | null = null;
  try {
    await sendPrompt(host.client, session, { ...task, prompt, signal: ended });
    while (true) {
      const event = await queue.take(state.running.size > 0 ? WITHOUT_LIMIT : stallTimeoutMs, ended);
      if (event === null) {
        problem = failure('provider-silent');
        break;
      }
      const answered = await answerIfAsked(host.client, event, { ...task, signal: ended });
      if (answered !== null) yield answered;
      const read = readSessionEvent(state, event, Date.now());
      state = read.state;
      yield* read.out;
      if (read.next === 'go-on') continue;
      problem = state.failure ?? (read.next === 'idle' ? judgeFinish(state) : null);
      break;
    }
  } catch (error) {
    problem = await problemOf(error, ended);
  } finally {
    unfollow();
    if (problem !== null || signal.aborted) await abortSession(host.client, session, task.directory);
  }
  const outcome = outcomeOf(state, task);
  yield problem === null
    ? { type: 'finished', ...outcome }
    : { type: 'failed', failure: problem, ...outcome };
}

async function sendPrompt(
  client: OpencodeClient,
  session: string,
  task: EngineWork & { readonly prompt: string; readonly signal: AbortSignal },
): Promise<void> {
  await client.session.promptAsync(
    {
      sessionID: session,
      directory: task.directory,
      model: { providerID: task.target.opencodeProvider, modelID: task.target.model },
      agent: task.opencodeAgent,
      ...(task.instructions === null ? {} : { system: task.instructions }),
      parts: [{ type: 'text', text: task.prompt }],
    },
    { signal: task.signal, ...orThrow },
  );
}

async function answerIfAsked(
  client: OpencodeClient,
  event: SessionEvent,
  task: EngineWork & { readonly signal: AbortSignal },
): Promise<EngineEvent | null> {
  if (event.type === 'permission.asked') return answerPermission(client, event.properties, task);
  if (event.type === 'question.asked') await answerQuestion(client, event.properties, task);
  return null;
}

/** Success is a final answer that the model itself ended; anything else is no answer. */
function judgeFinish(state: ReadState): Failure | null {
  const { lastFinish } = state;
  if (lastFinish === 'stop' || lastFinish === 'length') return null;
  return failure('provider-garbage', { detail: `finish: ${lastFinish ?? 'none'}` });
}

async function problemOf(error: unknown, ended: AbortSignal): Promise<Failure> {
  // A connection breaks a moment before its server is seen to be gone.
  if (!ended.aborted && isBrokenConnection(error)) await untilAborted(ended, EXIT_NOTICE_MS);
  if (!ended.aborted) return toFailure(error);
  return toFailure(ended.reason);
}

/** What `fetch` throws when the other side is gone. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError;
}

function untilAborted(signal: AbortSignal, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
}

export async function abortSession(
  client: OpencodeClient,
  session: string,
  directory: string,
): Promise<void> {
  const signal = AbortSignal.timeout(2_000);
  await client.session.abort({ sessionID: session, directory }, { signal }).catch(() => undefined);
}

function outcomeOf(state: ReadState, { directory, target }: EngineWork): Outcome {
  const filesChanged = [...state.files].map((file) => relative(directory, file)).sort();
  return { ...sumSpent(state.spent.values()), filesChanged, model: target.model, provider: target.provider };
}
