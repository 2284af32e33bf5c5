/** Who may look on: a token that opens once becomes a session, and only hashes of both are kept. */
import { createHash, randomBytes } from 'node:crypto';

export type Door = {
  /** A new token; for whoever can ask the daemon over its socket. */
  admit(): string;
  /** The session for a token; `null`: it was used, it is too old, or it never was one. */
  enter(token: string): string | null;
  isInside(session: string): boolean;
  /** A token waits to be used. */
  isAwaited(): boolean;
};

const TOKEN_MS = 120_000;
export const SESSION_MS = 12 * 60 * 60_000;
const MOST = 32;
const BYTES = 32;

export function createDoor(now: () => number): Door {
  const tokens = createKeyring(now, TOKEN_MS);
  const sessions = createKeyring(now, SESSION_MS);
  return {
    admit: tokens.issue,
    enter: (token) => (tokens.take(token) ? sessions.issue() : null),
    isInside: sessions.renew,
    isAwaited: () => tokens.count() > 0,
  };
}

function createKeyring(now: () => number, lifeMs: number) {
  /** Hash → until when; the oldest first. */
  const keys = new Map<string, number>();
  const sweep = () => {
    for (const [key, until] of keys) if (until <= now()) keys.delete(key);
    for (const [oldest] of keys) {
      if (keys.size <= MOST) break;
      keys.delete(oldest);
    }
  };
  const put = (hash: string) => {
    keys.delete(hash);
    keys.set(hash, now() + lifeMs);
    sweep();
  };
  const has = (hash: string) => {
    sweep();
    return keys.has(hash);
  };
  return {
    issue: () => {
      const key = randomBytes(BYTES).toString('base64url');
      put(hashOf(key));
      return key;
    },
    take: (key: string) => has(hashOf(key)) && keys.delete(hashOf(key)),
    renew: (key: string) => {
      const isKnown = has(hashOf(key));
      if (isKnown) put(hashOf(key));
      return isKnown;
    },
    count: () => {
      sweep();
      return keys.size;
    },
  };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
