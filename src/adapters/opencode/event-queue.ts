/** Turns pushed events into something that can be awaited, without polling. */
export type EventQueue<T> = {
  push(event: T): void;
  /** The next event; `null` when none came within the limit. Rejects with the signal's reason when it aborts. */
  take(limitMs: number, signal: AbortSignal): Promise<T | null>;
};

export function createEventQueue<T>(): EventQueue<T> {
  const waiting: T[] = [];
  let wake: (() => void) | null = null;

  const untilPushed = (limitMs: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const done = (act: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        wake = null;
        act();
      };
      const onAbort = () => done(() => reject(signal.reason));
      const timer = setTimeout(() => done(resolve), limitMs);
      wake = () => done(resolve);
      signal.addEventListener('abort', onAbort, { once: true });
    });

  return {
    push: (event) => {
      waiting.push(event);
      wake?.();
    },
    take: async (limitMs, signal) => {
      signal.throwIfAborted();
      if (waiting.length === 0) await untilPushed(limitMs, signal);
      return waiting.shift() ?? null;
    },
  };
}
