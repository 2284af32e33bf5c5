/**
 * A connection to Redis that waits and comes back by itself. Its address may hold a password: it is told to nobody, and
 * of an error only its code.
 */
import { rootCertificates } from 'node:tls';
import { Redis, type RedisOptions } from 'ioredis';
import { classifyRedisError, type RedisTrouble } from './redis-trouble.ts';

export type RedisAddress = {
  readonly url: string;
  /** Certificates of an authority that is trusted besides the usual ones, as PEM. */
  readonly ca: string | null;
};

export type RedisConnection = {
  readonly redis: Redis;
  /** Ends it also where Redis does not answer any more. */
  close(): Promise<void>;
};

const RETRY_STEP_MS = 100;
const RETRY_LIMIT_MS = 2_000;
const GOODBYE_MS = 1_000;
const ASK_MS = 5_000;
/** So many times it is asked in vain: shorter than a lease, longer than Redis takes to write its file anew. */
const ASKED_IN_VAIN = 2;

const MANNERS = {
  /** Workers wait for as long as it takes; so does whoever has a run in the queue. */
  patient: { maxRetriesPerRequest: null },
  /** For whoever goes on without it: what cannot be said now is said later, or not at all. */
  'at-once': { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5_000 },
} as const;

type Choices = { readonly manner?: keyof typeof MANNERS; readonly askMs?: number };

/** `onState`: once for each trouble, and with `null` when it is there (again). */
export function connectRedis(
  address: RedisAddress,
  onState: (trouble: RedisTrouble | null) => void,
  { manner = 'patient', askMs = ASK_MS }: Choices = {},
): RedisConnection {
  let isClosing = false;
  const say = sayNews((state) => {
    if (!isClosing) onState(state);
  });
  let isConnected = false;
  let wasThere = false;
  const redis = new Redis(address.url, { ...optionsFor(address, askMs), ...MANNERS[manner] });
  redis.on('connect', () => {
    isConnected = true;
  });
  redis.on('error', (error: NodeJS.ErrnoException) => {
    const trouble = classifyRedisError(error, { isFirstOverTls: isTls(address) && !wasThere });
    // An end without a word may come as an error, too.
    if (trouble.detail !== 'ECONNRESET') isConnected = false;
    say(trouble);
  });
  redis.on('close', () => {
    const endedAtOnce = isConnected && !isTls(address);
    isConnected = false;
    say({ code: endedAtOnce ? 'redis-wants-tls' : 'redis-lost', detail: 'closed' });
  });
  redis.on('ready', () => {
    isConnected = false;
    wasThere = true;
    say(null);
  });
  const stopWatching = endWhereSilent(redis, askMs);
  return {
    redis,
    close: async () => {
      isClosing = true;
      stopWatching();
      if (redis.status === 'ready')
        await Promise.race([
          redis.quit().catch(() => undefined),
          new Promise((go) => setTimeout(go, GOODBYE_MS).unref()),
        ]);
      redis.disconnect();
    },
  };
}

function optionsFor(address: RedisAddress, askMs: number): RedisOptions {
  const { ca } = address;
  return {
    connectTimeout: ASKED_IN_VAIN * askMs,
    retryStrategy: (times) => Math.min(times * RETRY_STEP_MS, RETRY_LIMIT_MS),
    // For the connections that BullMQ makes after this one.
    keepAlive: 10_000,
    ...(ca === null || !isTls(address) ? {} : { tls: { ca: [...rootCertificates, ca] } }),
  };
}

function isTls({ url }: RedisAddress): boolean {
  return url.startsWith('rediss:');
}

/** The first of the same kind; that it is still not there says nothing new. */
function sayNews(onState: (trouble: RedisTrouble | null) => void): (state: RedisTrouble | null) => void {
  let said: RedisTrouble | null | undefined;
  return (state) => {
    const isNews =
      said === undefined ||
      (state === null) !== (said === null) ||
      (state !== null && state.code !== 'redis-lost' && state.code !== said?.code);
    if (!isNews) return;
    said = state;
    onState(state);
  };
}

/**
 * A machine that lost its power and a network that lost its way say nothing, and the system would wait for a quarter of
 * an hour: who does not answer is left, and asked anew.
 */
function endWhereSilent(redis: Redis, askMs: number): () => void {
  let inVain = 0;
  const isHeard = () => {
    inVain = 0;
  };
  redis.on('ready', isHeard);
  const timer = setInterval(() => {
    const { status } = redis;
    if (status !== 'ready' && status !== 'connect') return isHeard();
    if (inVain >= ASKED_IN_VAIN) {
      isHeard();
      redis.disconnect(true);
      return;
    }
    inVain += 1;
    if (status === 'ready') redis.ping().then(isHeard, () => undefined);
  }, askMs).unref();
  return () => clearInterval(timer);
}
