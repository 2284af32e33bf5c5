/** What tasks say and do that are at work elsewhere, read from Redis for whoever looks on here. */
import type { Redis } from 'ioredis';
import { type TalkPiece, talkPieceSchema } from '../../protocol/queue.ts';

export type TalkReader = {
  /** From the first piece that is still there. @returns Ends it. */
  follow(key: string, onTalk: (talk: Talk) => void): () => void;
};

export type Talk = {
  /** Somebody has begun the task again: what was said before is not said any more. */
  readonly isAnew: boolean;
  readonly text: string;
  /** `null`: nothing new. */
  readonly activity: string | null;
};

const EVERY_MS = 250;
/** Of one task, at once. */
const MOST_PIECES = 100;

type Followed = {
  readonly key: string;
  readonly onTalk: (talk: Talk) => void;
  last: string;
  round: number | null;
};

export function createTalkReader(redis: Redis): TalkReader {
  const followed = new Set<Followed>();
  let timer: NodeJS.Timeout | null = null;

  const look = async () => {
    const all = [...followed];
    const keys = all.map(({ key }) => key);
    const places = all.map(({ last }) => last);
    const found = await redis.xread('COUNT', MOST_PIECES, 'STREAMS', ...keys, ...places);
    const byKey = new Map(found ?? []);
    for (const one of all) if (followed.has(one)) tell(one, byKey.get(one.key) ?? []);
  };
  const lookInTime = async () => {
    if (redis.status === 'ready' && followed.size > 0) await look().catch(() => undefined);
    timer = null;
    armTimer();
  };
  const armTimer = () => {
    if (timer === null && followed.size > 0) timer = setTimeout(lookInTime, EVERY_MS).unref();
  };

  return {
    follow: (key, onTalk) => {
      const one: Followed = { key, onTalk, last: '0-0', round: null };
      followed.add(one);
      armTimer();
      return () => void followed.delete(one);
    },
  };
}

type Entry = readonly [id: string, fields: readonly string[]];

function tell(followed: Followed, entries: readonly Entry[]): void {
  for (const [id, [, text = '']] of entries) {
    followed.last = id;
    const piece = parsePiece(text);
    if (piece === null || piece.round < (followed.round ?? piece.round)) continue;
    const isAnew = followed.round !== null && piece.round > followed.round;
    followed.round = piece.round;
    followed.onTalk({ isAnew, text: piece.text, activity: piece.activity });
  }
}

/** Others may write there, too. */
function parsePiece(text: string): TalkPiece | null {
  try {
    return talkPieceSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
