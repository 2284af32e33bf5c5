/** One delegated task as its clients see it: a growing list of events that can be read from any point. */
import { failure } from '../../core/delegation/failure.ts';
import type { TaskEvent, TaskEvents } from '../../protocol/task.ts';
import { untilWoken } from '../until-woken.ts';

export type RunningTask = {
  readonly id: string;
  readonly signal: AbortSignal;
  append(event: TaskEvent): void;
  /** Hears of all events, those that were before too. It is no reader: nobody waits for the task because of it. */
  watch(listener: (event: TaskEvent) => void): void;
  /** Waits for events after `from`; returns with none when the wait is over or the reader went away. */
  read(from: number, waitMs: number, reader?: AbortSignal): Promise<TaskEvents>;
  /** Without a reason: its client wants it no longer. */
  cancel(reason?: unknown): void;
  isDone(): boolean;
  /** Done, and whoever waits for it has read so. */
  isSettled(): boolean;
};

/** A client that polls must come back within this time, or nobody is listening any more. */
export const CLIENT_LEASE_MS = 10_000;

/** A client that hung up in the middle of a poll is gone, unless it comes back at once. */
const HANG_UP_LEASE_MS = 1_000;

export function createRunningTask(id: string): RunningTask {
  const events: TaskEvent[] = [];
  const abort = new AbortController();
  const waiters = new Set<() => void>();
  const listeners: ((event: TaskEvent) => void)[] = [];
  let readers = 0;
  let isAwaited = true;
  let lease: NodeJS.Timeout | null = null;

  const isDone = () => {
    const last = events.at(-1);
    return last?.type === 'finished' || last?.type === 'failed';
  };
  const cancel = (reason?: unknown) => {
    if (reason === undefined) isAwaited = false;
    if (!isDone()) abort.abort(reason ?? failure('cancelled'));
  };
  const holdLease = (ms = CLIENT_LEASE_MS) => {
    if (lease !== null) clearTimeout(lease);
    lease = readers > 0 || isDone() ? null : setTimeout(() => cancel(), ms).unref();
  };
  holdLease();

  return {
    id,
    signal: abort.signal,
    isDone,
    isSettled: () => isDone() && !isAwaited,
    cancel,
    append: (event) => {
      events.push(event);
      for (const tell of listeners) tell(event);
      if (isDone()) holdLease();
      for (const wake of waiters) wake();
    },
    watch: (listener) => {
      for (const event of events) listener(event);
      listeners.push(listener);
    },
    read: async (from, waitMs, reader) => {
      readers += 1;
      holdLease();
      try {
        const isHeard = () => reader?.aborted !== true;
        if (events.length <= from && !isDone() && isHeard()) await untilWoken(waiters, waitMs, reader);
        if (isDone() && isHeard()) isAwaited = false;
        return { events: events.slice(from), next: events.length, done: isDone() };
      } finally {
        readers -= 1;
        holdLease(reader?.aborted ? HANG_UP_LEASE_MS : CLIENT_LEASE_MS);
      }
    },
  };
}
