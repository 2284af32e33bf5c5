/** Who waits for a server, in the order of arrival. */
export type Waiter = {
  readonly task: string;
  readonly enqueuedAt: number;
  readonly deadline: number;
  /** The server that it takes if that is free. */
  readonly prefers: string | null;
  /** The remotes that can do it; any server of ours can. */
  readonly remotes: readonly string[];
};

export type Queue = readonly Waiter[];

export function enqueue(queue: Queue, waiter: Waiter): Queue {
  return [...queue, waiter];
}

export function isWaiting(queue: Queue, task: string): boolean {
  return queue.some((waiter) => waiter.task === task);
}

export function leave(queue: Queue, task: string): Queue {
  return isWaiting(queue, task) ? queue.filter((waiter) => waiter.task !== task) : queue;
}

export function listLate(queue: Queue, now: number): Queue {
  return queue.filter((waiter) => isLate(waiter, now));
}

export function dropLate(queue: Queue, now: number): Queue {
  return queue.filter((waiter) => !isLate(waiter, now));
}

function isLate(waiter: Waiter, now: number): boolean {
  return now >= waiter.deadline;
}
