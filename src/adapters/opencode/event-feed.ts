/** One event stream for each server, handed out to the tasks by session. */
import type { Event } from '@opencode-ai/sdk/v2/client';
import type { OpencodeClient } from './connect-client.ts';

export type SessionEvent = Event;

export type EventFeed = {
  /** Events of this session and of every session that it starts, until the returned function is called. */
  follow(sessionId: string, listener: (event: SessionEvent) => void): () => void;
  close(): void;
};

/** Resolves once the server confirmed the stream, so that no event of a later prompt can be missed. */
export async function openEventFeed(
  client: OpencodeClient,
  onBroken: (error: string) => void,
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

  const { stream } = await client.global.event({
    signal: closing.signal,
    sseDefaultRetryDelay: 200,
    sseMaxRetryDelay: 2_000,
    onSseError: (error) => {
      if (!closing.signal.aborted) onBroken(String(error));
    },
  });
  const reading = (async () => {
    for await (const { payload } of stream) {
      // OpenCode sends each event a second time in a form for its own synchronisation, without `properties`.
      if ('properties' in payload) dispatch(payload as SessionEvent);
    }
  })().catch((error) => onBroken(String(error)));
  await Promise.race([connected, reading]);

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
