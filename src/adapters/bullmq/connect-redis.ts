/**
 * A connection to Redis that waits and comes back by itself. Its address may hold a password: it is told to nobody, and
 * of an error only its code.
 */
import { Redis } from 'ioredis';

export type RedisConnection = {
  readonly redis: Redis;
  /** Ends it also where Redis does not answer any more. */
  close(): Promise<void>;
};

const RETRY_STEP_MS = 100;
const RETRY_LIMIT_MS = 2_000;
const GOODBYE_MS = 1_000;

/** For whoever goes on without it: what cannot be said now is said later, or not at all. */
const AT_ONCE = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5_000 } as const;
/** Workers wait for as long as it takes; so does whoever has a run in the queue. */
const PATIENT = { maxRetriesPerRequest: null } as const;

/** `onState`: once for each time it is lost, with a code, and with `null` when it is there (again). */
export function connectRedis(
  url: string,
  onState: (lost: string | null) => void,
  manner: 'patient' | 'at-once' = 'patient',
): RedisConnection {
  let said: string | null | undefined;
  let isClosing = false;
  const say = (state: string | null) => {
    const isNews = (state === null) !== (said === null) || said === undefined;
    said = state;
    if (isNews && !isClosing) onState(state);
  };
  const redis = new Redis(url, {
    ...(manner === 'patient' ? PATIENT : AT_ONCE),
    retryStrategy: (times) => Math.min(times * RETRY_STEP_MS, RETRY_LIMIT_MS),
  });
  redis.on('error', (error: NodeJS.ErrnoException) => say(error.code ?? codeOf(error)));
  redis.on('close', () => say('closed'));
  redis.on('ready', () => say(null));
  return {
    redis,
    close: async () => {
      isClosing = true;
      if (redis.status === 'ready')
        await Promise.race([
          redis.quit().catch(() => undefined),
          new Promise((go) => setTimeout(go, GOODBYE_MS).unref()),
        ]);
      redis.disconnect();
    },
  };
}

/** `WRONGPASS …`, `NOAUTH …`: the first word is the code, the rest may be anything. */
function codeOf({ message }: Error): string {
  return /^[A-Z]{3,}\b/.exec(message)?.[0] ?? 'failed';
}
