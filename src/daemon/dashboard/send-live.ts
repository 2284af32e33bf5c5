/**
 * One page that looks on. What it does not take in time is not kept for it: it is left behind, and gets everything as it
 * stands when it has room again.
 *
 *   in step ──(more than BEHIND_BYTES wait for it)──▶ behind ──(all is sent)──▶ in step, from where it was or from all
 */
import type { WebSocket } from 'ws';
import type { LivePlace } from '../../core/live/live-update.ts';
import type { LiveFeed } from '../live/live-feed.ts';

const BEHIND_BYTES = 1_000_000;
/** More often than a screen is drawn does nobody any good. */
const SEND_EVERY_MS = 100;
const LOOK_AGAIN_MS = 250;

type Socket = Pick<WebSocket, 'send' | 'bufferedAmount' | 'readyState' | 'OPEN' | 'on'>;

export function sendLive(socket: Socket, feed: Pick<LiveFeed, 'since' | 'watch'>, known: LivePlace | null) {
  let place = known;
  let timer: NodeJS.Timeout | null = null;
  let isFirst = true;

  const send = () => {
    timer = null;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > BEHIND_BYTES) {
      timer = setTimeout(send, LOOK_AGAIN_MS).unref();
      return;
    }
    const update = feed.since(place);
    place = { life: update.life, seq: update.seq };
    const isNews = update.kind === 'snapshot' || update.changes.length > 0;
    // Whoever comes back hears at once that nothing is new.
    if (isNews || isFirst) socket.send(JSON.stringify(update));
    isFirst = false;
  };
  const unwatch = feed.watch(() => {
    timer ??= setTimeout(send, SEND_EVERY_MS).unref();
  });
  socket.on('close', () => {
    unwatch();
    if (timer !== null) clearTimeout(timer);
  });
  send();
}
