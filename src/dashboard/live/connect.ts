/**
 * Stays connected for as long as the page is open, from where it was.
 *
 *   connecting ─▶ live ─▶ lost ─(1 s, 2 s, … 15 s)─▶ connecting
 *                          └─ no session (any more) ─▶ denied
 */
import type { LiveChange } from '../../core/live/live-change.ts';
import { type LiveCopy, type LiveUpdate, takeUpdate } from '../../core/live/live-update.ts';

export type Connection = 'connecting' | 'live' | 'lost' | 'denied';

export type Listener = {
  readonly onConnection: (connection: Connection) => void;
  /** `changes`: what is new; `null` where everything was told. */
  readonly onState: (copy: LiveCopy, changes: readonly LiveChange[] | null) => void;
};

const FIRST_RETRY_MS = 1_000;
const MOST_RETRY_MS = 15_000;

export function connect({ onConnection, onState }: Listener): void {
  let copy: LiveCopy | null = null;
  let retryMs = FIRST_RETRY_MS;

  const open = () => {
    const place = copy === null ? '' : `?life=${encodeURIComponent(copy.life)}&seq=${copy.seq}`;
    const url = new URL(`live${place}`, location.href);
    url.protocol = 'ws:';
    const socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      const update: LiveUpdate = JSON.parse(data);
      copy = takeUpdate(copy, update);
      // A gap: the next connection begins with everything.
      if (copy === null) return socket.close();
      retryMs = FIRST_RETRY_MS;
      onConnection('live');
      onState(copy, update.kind === 'changes' ? update.changes : null);
    };
    socket.onclose = () => void retry();
  };
  const retry = async () => {
    if (!(await mayLookOn())) return onConnection('denied');
    onConnection('lost');
    setTimeout(open, retryMs);
    retryMs = Math.min(retryMs * 2, MOST_RETRY_MS);
  };
  open();
}

/** Nobody answers: he may be back in a moment. */
async function mayLookOn(): Promise<boolean> {
  try {
    return (await fetch('session')).status !== 401;
  } catch {
    return true;
  }
}
