/** What goes on, kept for whoever looks on: changes are gathered for a moment, numbered, and told to all at once. */
import { coalesceChanges } from '../../core/live/coalesce-changes.ts';
import type { LiveChange } from '../../core/live/live-change.ts';
import { beginLive, type LiveLimits } from '../../core/live/live-state.ts';
import {
  catchUp,
  type LiveHistory,
  type LivePlace,
  type LiveUpdate,
  noteChanges,
} from '../../core/live/live-update.ts';
import { untilWoken } from '../until-woken.ts';

export type LiveFeed = {
  /** How many decisions are kept, as soon as the configuration is known. */
  start(decisions: number): void;
  note(...changes: readonly LiveChange[]): void;
  /** What is not known yet of it; with nothing known, all. */
  since(known: LivePlace | null): LiveUpdate;
  /** Waits until there is something; returns with nothing when the wait is over or the reader went away. */
  read(known: LivePlace | null, waitMs: number, reader?: AbortSignal): Promise<LiveUpdate>;
  /** Called when there is something new. @returns Ends it. */
  watch(listener: () => void): () => void;
  /** Somebody looks on, or did a moment ago. */
  isWatched(): boolean;
  /** Called when somebody begins to look on. */
  onWatched(listener: () => void): void;
};

export type LiveFeedOptions = {
  /** A name for this life of the daemon. */
  readonly life: string;
  readonly now: () => number;
};

const LIMITS: LiveLimits = { tasks: 100, runs: 20, decisions: 1_000, problems: 100, textChars: 8_000 };
/** Whoever was away for longer than this many gets everything. */
const KEPT_CHANGES = 1_000;
const GATHER_MS = 50;
/** A reader that polls is between two polls for no longer. */
const POLL_LEASE_MS = 5_000;

export function createLiveFeed({ life, now }: LiveFeedOptions): LiveFeed {
  let history: LiveHistory = { life, seq: 0, state: beginLive(LIMITS), changes: [] };
  let pending: LiveChange[] = [];
  let timer: NodeJS.Timeout | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let tellWatched = () => {};
  const listeners = new Set<() => void>();
  const waiters = new Set<() => void>();

  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending.length === 0) return;
    history = noteChanges(history, coalesceChanges(pending), KEPT_CHANGES);
    pending = [];
    for (const tell of [...waiters, ...listeners]) tell();
  };
  const since: LiveFeed['since'] = (known) => {
    flush();
    return catchUp(history, known);
  };
  const isWatched = () => listeners.size > 0 || waiters.size > 0 || now() - readAt < POLL_LEASE_MS;
  const noteReader = () => {
    const isFirst = !isWatched();
    readAt = now();
    if (isFirst) tellWatched();
  };

  return {
    start: (decisions) => {
      const { state } = history;
      history = { ...history, state: { ...state, limits: { ...state.limits, decisions } } };
    },
    note: (...changes) => {
      pending.push(...changes);
      timer ??= setTimeout(flush, GATHER_MS).unref();
    },
    since,
    read: async (known, waitMs, reader) => {
      noteReader();
      const update = since(known);
      if (update.kind === 'snapshot' || update.changes.length > 0 || waitMs === 0) return update;
      await untilWoken(waiters, waitMs, reader);
      readAt = now();
      return since(known);
    },
    watch: (listener) => {
      noteReader();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isWatched,
    onWatched: (listener) => {
      tellWatched = listener;
    },
  };
}
