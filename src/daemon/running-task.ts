/** One delegated task as its clients see it: a growing list of events that can be read from any point. */
import { failure } from '../core/delegation/failure.ts';
import type { TaskEvent, TaskEvents } from '../protocol/task.ts';

export type RunningTask = {
  readonly id: string;
  readonly signal: AbortSignal;
  append(event: TaskEvent): void;
  /** Waits for events after `from`; returns with none when the wait is over. */
  read(from: number, waitMs: number): Promise<TaskEvents>;
  cancel(reason?: unknown): void;
  isDone(): boolean;
};

/** A client that polls must come back within this time, or nobody is listening any more. */
export const CLIENT_LEASE_MS = 10_000;

export function createRunningTask(id: string): RunningTask {
  const events: TaskEvent[] = [];
  const abort = new AbortController();
  const waiters = new Set<() => void>();
  let readers = 0;
  let lease: NodeJS.Timeout | null = null;

  const isDone = () => {
    const last = events.at(-1);
    return last?.type === 'finished' || last?.type === 'failed';
  };
  const cancel = (reason: unknown = failure('cancelled')) => {
    if (!isDone()) abort.abort(reason);
  };
  const holdLease = () => {
    if (lease !== null) clearTimeout(lease);
    lease = readers > 0 || isDone() ? null : setTimeout(cancel, CLIENT_LEASE_MS).unref();
  };
  holdLease();

  return {
    id,
    signal: abort.signal,
    isDone,
    cancel,
    append: (event) => {
      events.push(event);
      if (isDone()) holdLease();
      for (const wake of waiters) wake();
    },
    read: async (from, waitMs) => {
      readers += 1;
      holdLease();
      try {
        if (events.length <= from && !isDone()) await untilWoken(waiters, waitMs);
        return { events: events.slice(from), next: events.length, done: isDone() };
      } finally {
        readers -= 1;
        holdLease();
      }
    },
  };
}

function untilWoken(waiters: Set<() => void>, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      waiters.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, waitMs);
    waiters.add(wake);
  });
}
