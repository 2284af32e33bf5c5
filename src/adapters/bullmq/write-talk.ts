/**
 * What a task says and does while it is at work, put into Redis for its scheduler: in pieces, of which only the last are
 * kept, and none for long. Nobody waits for it; where Redis does not answer, what is not told by then is cut to its end.
 */
import type { Redis } from 'ioredis';
import type { TaskSaying } from '../../protocol/queue.ts';

export type TalkWriter = {
  note(saying: TaskSaying): void;
  /** What is not told yet is not told any more: the end of the task holds all of it. */
  close(): void;
};

export type TalkPlace = {
  readonly key: string;
  /** Higher each time that somebody begins the task: whoever had it before may not have noticed. */
  readonly round: number;
  readonly everyMs?: number;
};

const EVERY_MS = 250;
/** Whoever looks on sees the end of a text. */
const MOST_CHARS = 4_000;
const KEPT_PIECES = 64;
/** Its scheduler removes it; this is for one that is gone. */
const KEPT_S = 60 * 60;

export function createTalkWriter(redis: Redis, { key, round, everyMs = EVERY_MS }: TalkPlace): TalkWriter {
  let text = '';
  let activity: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isWriting = false;
  let isClosed = false;

  const armTimer = () => {
    if (timer !== null || isWriting || isClosed || (text === '' && activity === null)) return;
    timer = setTimeout(write, everyMs).unref();
  };
  const write = () => {
    timer = null;
    // What is given to a connection that is lost is kept by it, however much that becomes.
    if (redis.status !== 'ready') return armTimer();
    const piece = JSON.stringify({ round, text, activity });
    [text, activity, isWriting] = ['', null, true];
    redis
      .multi()
      .xadd(key, 'MAXLEN', KEPT_PIECES, '*', 'piece', piece)
      .expire(key, KEPT_S)
      .exec()
      .catch(() => undefined)
      .finally(() => {
        isWriting = false;
        armTimer();
      });
  };

  return {
    note: (saying) => {
      if (saying.type === 'text') text = (text + saying.text).slice(-MOST_CHARS);
      else activity = saying.text.slice(0, MOST_CHARS);
      armTimer();
    },
    close: () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
