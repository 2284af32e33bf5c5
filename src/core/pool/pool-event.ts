/**
 * What happened. The loop that reports it keeps two promises:
 * - every `start-server` and `stop-server` is followed by the one event that tells the end of that life, whoever ended
 *   it: `server-start-failed` where it had not started, else `server-exited`. A start has a time limit;
 * - every `probe-server` is answered by `probe-ok` or `probe-failed`, within a time limit.
 */
export type PoolEvent =
  | TaskArrived
  /** While it was waiting. With a lease in hand the loop releases that instead. */
  | { readonly type: 'task-cancelled'; readonly task: string }
  | LeaseReleased
  | { readonly type: 'server-started'; readonly server: string; readonly port: number }
  | LifeEnded
  | { readonly type: 'probe-ok'; readonly server: string; readonly rssBytes: number | null }
  | { readonly type: 'probe-failed'; readonly server: string; readonly why: string }
  /** It did not do what it was asked: it is probed at once. */
  | { readonly type: 'server-suspected'; readonly server: string }
  | { readonly type: 'tick' }
  | { readonly type: 'recycle-asked'; readonly server: string | 'all' }
  | { readonly type: 'scale-asked'; readonly servers: number }
  | { readonly type: 'stop-asked' };

export type TaskArrived = {
  readonly type: 'task-arrived';
  readonly task: string;
  readonly deadline: number;
  /** The server that holds the task's conversation. It gets the task if it is free now, else any does. */
  readonly prefers: string | null;
};

export type LeaseReleased = {
  readonly type: 'lease-released';
  readonly task: string;
  readonly server: string;
};

export type LifeEnded = {
  readonly type: 'server-start-failed' | 'server-exited';
  readonly server: string;
  readonly why: string;
};
