/** One event stream for each server, handed out to the tasks by session. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from '@opencode-ai/sdk/v2/client';
import { failure } from '../../../core/delegation/failure.ts';
import type { OpencodeClient } from './connect-client.ts';

export type SessionEvent = Event;

export type EventFeed = {
  /** Events of this session and of every session that it starts, until the returned function is called. */
  follow(sessionId: string, listener: (event: SessionEvent) => void): () => void;
  close(): void;
};

export type FeedOptions = {
  /** The server must confirm the stream within this time. */
  readonly timeoutMs: number;
  readonly onBroken: (error: string) => void;
  /** Nobody waits for the confirmation any more. */
  readonly signal?: AbortSignal;
};

/** A stream that ended is opened again after this time. */
const REOPEN_MS = 200;

/**
 * Resolves once the server confirmed the stream, so that no event of a later prompt can be missed. Rejects with a
 * `Failure` when it does not.
 */
export async function openEventFeed(
  client: OpencodeClient,
  { timeoutMs, onBroken, signal }: FeedOptions,
): Promise<EventFeed> {
  const listeners = new Map<string, (event: SessionEvent) => void>();
  const roots = new Map<string, string>();
  const closing = new AbortController();
  let confirm = () => {};
  const connected = new Promise<void>((resolve) => {
    confirm = resolve;
  });

  const dispatch = (event: SessionEvent): void => {
    if (event.type === 'server.connected') confirm();
    if (event.type === 'session.created') adopt(roots, event.properties.info);
    const session = sessionOf(event);
    if (session === undefined) return;
    listeners.get(roots.get(session) ?? session)?.(event);
  };

  const tellBroken = (error: string): void => {
    if (!closing.signal.aborted) onBroken(error);
  };

  const readStream = async (): Promise<void> => {
    const { stream } = await client.global.event({
      signal: closing.signal,
      sseDefaultRetryDelay: REOPEN_MS,
      sseMaxRetryDelay: 2_000,
      onSseError: (error) => tellBroken(String(error)),
    });
    for await (const message of stream) {
      const payload: unknown = message?.payload;
      // OpenCode sends each event a second time in a form for its own synchronisation, without `properties`.
      if (typeof payload === 'object' && payload !== null && 'properties' in payload)
        dispatch(payload as SessionEvent);
    }
  };
  void (async () => {
    while (!closing.signal.aborted) {
      await readStream().then(
        () => tellBroken('the stream ended'),
        (error: unknown) => tellBroken(String(error)),
      );
      // The library gives up on a stream that ends in order, and every later task would wait for its events in vain.
      if (!closing.signal.aborted) await sleep(REOPEN_MS);
    }
  })();

  const patience = { ref: false, ...(signal === undefined ? {} : { signal }) };
  const tooLate = sleep(timeoutMs, false, patience).catch(() => false);
  const confirmed = await Promise.race([connected.then(() => true), tooLate]);
  if (!confirmed || signal?.aborted) {
    closing.abort();
    throw failure('server-start-failed', { detail: `no event stream after ${timeoutMs} ms` });
  }

  return {
    follow: (sessionId, listener) => {
      listeners.set(sessionId, listener);
      return () => {
        listeners.delete(sessionId);
        for (const [child, root] of roots) if (root === sessionId) roots.delete(child);
      };
    },
    close: () => closing.abort(),
  };
}

function adopt(roots: Map<string, string>, session: { id: string; parentID?: string }): void {
  if (session.parentID !== undefined) roots.set(session.id, roots.get(session.parentID) ?? session.parentID);
}

function sessionOf(event: SessionEvent): string | undefined {
  const { properties } = event;
  return 'sessionID' in properties && typeof properties.sessionID === 'string'
    ? properties.sessionID
    : undefined;
}
