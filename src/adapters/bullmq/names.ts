// What things are called in Redis. Everything of a team lies under its namespace, so that several can share one Redis.

/** What a task needs of a worker: a provider, in OpenCode's spelling, and tags. */
export type Need = { readonly provider: string; readonly tags: readonly string[] };

/** Tasks with the same need share a queue, so a worker takes only what it can do. */
export function queueName({ provider, tags }: Need): string {
  return ['tasks', encodeURIComponent(provider), ...[...tags].sort()].join('+');
}

export function readQueueName(name: string): Need | null {
  const [first, provider, ...tags] = name.split('+');
  if (first !== 'tasks' || provider === undefined || provider === '') return null;
  try {
    return { provider: decodeURIComponent(provider), tags };
  } catch {
    return null;
  }
}

export function keysOf(namespace: string) {
  const key = (...parts: readonly string[]) => [`${namespace}-team`, ...parts].join(':');
  return {
    queues: key('queues'),
    workers: key('workers'),
    worker: (id: string) => key('worker', id),
    schedulers: key('schedulers'),
    scheduler: (id: string) => key('scheduler', id),
    task: (id: string) => key('task', id),
    cancelled: (job: string) => key('cancelled', job),
    talk: (job: string) => key('talk', job),
    blob: (name: string) => key('blob', name),
    /** What is known of providers, and where it is told that this has changed. */
    circuits: key('circuits'),
    news: key('news'),
    /** What the team has used, and which tasks are in that. */
    spent: key('spent'),
    counted: key('counted'),
  };
}
