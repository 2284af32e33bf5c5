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

export function createBlobs(redis: Redis, namespace: string): Blobs {
  const { blob } = keysOf(namespace);
  return {
    has: async (name) => (await redis.expire(blob(name), KEPT_S)) === 1,
    put: async (name, content) => {
      await redis.set(blob(name), content, 'EX', KEPT_S);
    },
    get: (name) => redis.getBuffer(blob(name)),
    remove: async (name) => {
      await redis.del(blob(name));
    },
  };
}
