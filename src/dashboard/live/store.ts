/** What the page knows; told on at most once a frame, however much comes in. */
import type { LiveChange } from '../../core/live/live-change.ts';
import type { LiveState } from '../../core/live/live-state.ts';
import { type Connection, connect } from './connect.ts';

export type Known = { readonly connection: Connection; readonly state: LiveState | null };

export type Store = {
  read(): Known;
  subscribe(listener: (known: Known, changes: readonly LiveChange[]) => void): () => void;
};

/** Beyond these nobody reads them anyway. */
const MOST_NEWS = 200;

export function createStore(): Store {
  let known: Known = { connection: 'connecting', state: null };
  let news: LiveChange[] = [];
  let isAwaited = false;
  const listeners = new Set<(known: Known, changes: readonly LiveChange[]) => void>();

  const tell = () => {
    isAwaited = false;
    const changes = news;
    news = [];
    for (const listener of listeners) listener(known, changes);
  };
  const tellSoon = () => {
    if (isAwaited) return;
    isAwaited = true;
    // A page that is not seen draws no frames.
    if (document.hidden) setTimeout(tell, 1_000);
    else requestAnimationFrame(tell);
  };
  connect({
    onConnection: (connection) => {
      if (connection === known.connection) return;
      known = { ...known, connection };
      tellSoon();
    },
    onState: ({ state }, changes) => {
      known = { ...known, state };
      news = [...news, ...(changes ?? [])].slice(-MOST_NEWS);
      tellSoon();
    },
  });
  return {
    read: () => known,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
