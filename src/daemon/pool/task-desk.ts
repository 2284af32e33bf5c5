/** Where tasks wait for a server: each is granted a lease, refused, or leaves of its own accord. */
import type { SessionHost } from '../../adapters/opencode/serve/run-session.ts';
import { type Failure, failure } from '../../core/delegation/failure.ts';
import type { PoolEvent, TaskArrived } from '../../core/pool/pool-event.ts';
import type { Lease, SessionKeeper } from './server-pool.ts';

/** A life of a server that can take tasks. */
export type Serving = {
  /** Its place in the pool, kept over restarts. */
  readonly place: string;
  /** Names this life: a session of an earlier life cannot be gone on with. */
  readonly lifeId: string;
  readonly host: SessionHost;
  readonly sessions: SessionKeeper;
};

export type TaskDesk = {
  /** Rejects with a `Failure`, or with the signal's reason. */
  wait(signal: AbortSignal, wish: Omit<TaskArrived, 'type' | 'task'>): Promise<Lease>;
  grant(task: string, serving: Serving | null, place: string): void;
  refuse(task: string, why: Failure): void;
};

type Waiter = {
  readonly grant: (lease: Lease) => void;
  readonly refuse: (why: Failure) => void;
};

export function createTaskDesk(observe: (event: PoolEvent) => void): TaskDesk {
  const waiters = new Map<string, Waiter>();
  let nextTask = 1;

  const leave = (task: string): Waiter | undefined => {
    const waiter = waiters.get(task);
    waiters.delete(task);
    return waiter;
  };

  const leaseOf = (task: string, { place, lifeId, host, sessions }: Serving): Lease => {
    let held = true;
    return {
      host,
      sessions,
      serverId: lifeId,
      place,
      release: () => {
        if (held) observe({ type: 'lease-released', task, server: place });
        held = false;
      },
      suspect: () => {
        if (held) observe({ type: 'server-suspected', server: place });
      },
    };
  };

  return {
    wait: (signal, wish) => {
      const task = String(nextTask);
      nextTask += 1;
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          if (leave(task) === undefined) return;
          observe({ type: 'task-cancelled', task });
          reject(signal.reason);
        };
        const settled = () => signal.removeEventListener('abort', onAbort);
        signal.addEventListener('abort', onAbort, { once: true });
        waiters.set(task, {
          grant: (lease) => {
            settled();
            resolve(lease);
          },
          refuse: (why) => {
            settled();
            reject(why);
          },
        });
        observe({ type: 'task-arrived', task, ...wish });
        if (signal.aborted) onAbort();
      });
    },
    grant: (task, serving, place) => {
      const waiter = leave(task);
      if (waiter !== undefined && serving !== null) return waiter.grant(leaseOf(task, serving));
      observe({ type: 'lease-released', task, server: place });
      waiter?.refuse(failure('server-died'));
    },
    refuse: (task, why) => leave(task)?.refuse(why),
  };
}
