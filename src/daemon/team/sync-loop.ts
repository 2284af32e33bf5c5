/** Does the same work again: when nudged, and every so often; never twice at once, and never so that somebody waits. */
export type SyncLoop = {
  nudge(): void;
  /** Once more, if it takes no longer than that; then nothing of it runs any more. */
  end(): Promise<void>;
};

const LAST_MS = 1_000;

export function createSyncLoop(work: () => Promise<void>, everyMs: number): SyncLoop {
  let running: Promise<void> | null = null;
  let isWanted = false;

  const run = async () => {
    while (isWanted) {
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
    end: async () => {
      clearInterval(timer);
      nudge();
      await Promise.race([running, new Promise((go) => setTimeout(go, LAST_MS).unref())]);
    },
  };
}
