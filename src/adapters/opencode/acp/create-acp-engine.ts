/** The engine over one warm `opencode acp`: started when it is first needed, and again when it died. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Engine, EngineSession, EngineWork } from '../../../core/delegation/engine.ts';
import { failure, toFailure } from '../../../core/delegation/failure.ts';
import { isDirectory } from '../is-directory.ts';
import { untilAborted } from '../until-aborted.ts';
import { type AcpHost, startAcpHost } from './acp-host.ts';
import type { AcpEngineOptions } from './acp-options.ts';
import { classifyRefusal } from './classify-refusal.ts';
import { type AcpSession, closeSession, openSession } from './open-session.ts';
import { runTurn } from './run-turn.ts';

export type AcpEngine = Engine & {
  /** Ends what runs with `draining`, and then the process. */
  stop(): Promise<void>;
};

export function createAcpEngine(options: AcpEngineOptions): AcpEngine {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let host: Promise<AcpHost> | null = null;

  function ensure(): Promise<AcpHost> {
    if (host !== null) return host;
    const starting = start(options);
    host = starting;
    const forget = () => {
      if (host === starting) host = null;
    };
    starting.then(({ gone }) => gone.then(forget), forget);
    return starting;
  }

  return {
    open: async (work, signal) => {
      if (stopping.signal.aborted) throw stopping.signal.reason;
      const ended = AbortSignal.any([signal, stopping.signal]);
      const opening = open(options, work, ensure);
      const session = await untilAborted(opening, ended).catch((error: unknown) => {
        opening.then(closeSession).catch(() => undefined);
        throw toFailure(ended.aborted ? ended.reason : error);
      });
      return handOut(session);
    },
    stop: async () => {
      stopping.abort(failure('draining'));
      await Promise.all(running);
      await (await host?.catch(() => null))?.stop();
    },
  };

  function handOut(session: AcpSession): EngineSession {
    return {
      run: async function* ({ prompt, conversation }, signal) {
        let finish = () => {};
        const done = new Promise<void>((resolve) => {
          finish = resolve;
        });
        running.add(done);
        const { id, host } = session;
        options.conversations.remember(conversation, { serverId: host.life, place: 'acp', session: id });
        try {
          yield* runTurn(
            session,
            { prompt, stallTimeoutMs: options.stallTimeoutMs() },
            endOf(session, signal),
          );
        } finally {
          if (conversation === null) void closeSession(session);
          running.delete(done);
          finish();
        }
      },
      discard: async () => {
        if (!session.isInstructed) await closeSession(session);
      },
    };
  }

  /** Aborts with the caller's signal, when the process is gone, and when we stop. */
  function endOf({ host: { gone } }: AcpSession, signal: AbortSignal): AbortSignal {
    const died = new AbortController();
    void gone.then((how) => died.abort(failure('server-died', { detail: how })));
    return AbortSignal.any([signal, died.signal, stopping.signal]);
  }
}

async function start(options: AcpEngineOptions): Promise<AcpHost> {
  await mkdir(dirname(options.databaseFile), { recursive: true, mode: 0o700 });
  return startAcpHost(options);
}

async function open(
  { conversations }: AcpEngineOptions,
  work: EngineWork,
  ensure: () => Promise<AcpHost>,
): Promise<AcpSession> {
  if (!(await isDirectory(work.directory))) throw failure('directory-missing', { detail: work.directory });
  const host = await ensure();
  const earlier = conversations.find(work.conversation, host.life);
  if (earlier === null && work.conversation !== null && conversations.has(work.conversation))
    throw failure('server-died', { detail: 'The conversation took place elsewhere.' });
  return openSession(host, work, earlier).catch((error: unknown) => {
    throw classifyRefusal(error);
  });
}
