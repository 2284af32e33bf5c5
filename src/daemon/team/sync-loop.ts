/** Does the same work again: when nudged, and every so often; never twice at once, and never so that somebody waits. */
export type SyncLoop = {
  nudge(): void;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
};

export function createSyncLoop(work: () => Promise<void>, everyMs: number): SyncLoop {
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isOver = false;

  const run = async () => {
    while (isWanted && !isOver) {
      isWanted = false;
      // Whatever fails is tried again at the next beat.
      await work().catch(() => undefined);
    }
    running = null;
  };
  const nudge = () => {
    isWanted = true;
    running ??= run();
  };
  const timer = setInterval(nudge, everyMs).unref();
  return {
    nudge,
    stop: async () => {
      isOver = true;
      clearInterval(timer);
      await running;
    },
  };
}
