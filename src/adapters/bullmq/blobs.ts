/** What is too large for a job: bundles, under a name that says what is in them, for as long as somebody may want them. */
import type { Redis } from 'ioredis';
import { keysOf } from './names.ts';

export type Blobs = {
  /** `true`: it is there, and stays for its time from now on. */
  has(name: string): Promise<boolean>;
  put(name: string, content: Buffer): Promise<void>;
  /** `null`: it is not there (any more). */
  get(name: string): Promise<Buffer | null>;
  remove(name: string): Promise<void>;
};

/** A run that is older is not taken up again. */
const KEPT_S = 24 * 60 * 60;
/** On a slow network a larger one would keep leases from being renewed that wait behind it. */
const LARGE = 256 * 1_024;

export function createBlobs(redis: Redis, namespace: string): Blobs {
  const { blob } = keysOf(namespace);
  return {
    has: async (name) => (await redis.expire(blob(name), KEPT_S)) === 1,
    put: (name, content) =>
      beside(redis, content.length, async (line) => {
        await line.set(blob(name), content, 'EX', KEPT_S);
      }),
    get: async (name) => {
      const size = await redis.strlen(blob(name));
      return size === 0 ? null : beside(redis, size, (line) => line.getBuffer(blob(name)));
    },
    remove: async (name) => {
      await redis.del(blob(name));
    },
  };
}

async function beside<T>(redis: Redis, bytes: number, use: (line: Redis) => Promise<T>): Promise<T> {
  if (bytes <= LARGE) return use(redis);
  const line = redis.duplicate();
  // The first connection says when Redis is lost.
  line.on('error', () => undefined);
  try {
    return await use(line);
  } finally {
    line.disconnect();
  }
}
