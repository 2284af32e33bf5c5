/** Who is there: kept in Redis for as long as each of them says so, by the clock of Redis alone. */
import type { Redis } from 'ioredis';

export type Roll<T extends { readonly id: string }> = {
  /** Repeated every few seconds; what is not repeated is forgotten. */
  announce(one: T): Promise<void>;
  leave(id: string): Promise<void>;
  list(): Promise<readonly T[]>;
};

export type RollKeys = {
  /** The set of ids. */
  readonly all: string;
  readonly one: (id: string) => string;
};

/** Several times as long as anybody takes between two announcements. */
const FORGOTTEN_AFTER_MS = 15_000;

/** `parse`: others may write there, too, and newer ones of us. */
export function createRoll<T extends { readonly id: string }>(
  redis: Redis,
  keys: RollKeys,
  parse: (value: unknown) => T | null,
): Roll<T> {
  const read = (text: string): readonly T[] => {
    const one = parse(parseJson(text));
    return one === null ? [] : [one];
  };
  return {
    announce: async (one) => {
      await redis
        .multi()
        .sadd(keys.all, one.id)
        .set(keys.one(one.id), JSON.stringify(one), 'PX', FORGOTTEN_AFTER_MS)
        .exec();
    },
    leave: async (id) => {
      await redis.multi().srem(keys.all, id).del(keys.one(id)).exec();
    },
    list: async () => {
      const ids = await redis.smembers(keys.all);
      if (ids.length === 0) return [];
      const texts = await redis.mget(ids.map(keys.one));
      const gone = ids.filter((_, at) => texts[at] === null);
      if (gone.length > 0) await redis.srem(keys.all, ...gone);
      return texts.flatMap((text) => (text === null ? [] : read(text)));
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
