/**
 * Between the log and its file. Whoever logs does not wait: lines are taken, searched for secrets together, and written.
 *
 *   taken ──▶ waiting ──▶ at work (searched) ──▶ written
 *
 * Whatever ends the process before that takes the rest, and masks it by what can be found at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export type ScrubbedWriter = {
  /** What a logger writes to. */
  write(line: string): void;
  /** When everything that was taken is written. */
  settled(): Promise<void>;
  /** What is not written yet; it will not be, by us. */
  takeRest(): string;
};

export type ScrubbedWriterParts = {
  readonly scrub: (lines: readonly string[]) => Promise<readonly string[]>;
  readonly scrubNow: (line: string) => string;
  readonly write: (text: string) => void;
  /** The scanner takes a while to load, and whoever starts us waits for an answer. */
  readonly firstAfterMs: number;
};

export function createScrubbedWriter({
  scrub,
  scrubNow,
  write,
  firstAfterMs,
}: ScrubbedWriterParts): ScrubbedWriter {
  let waiting: string[] = [];
  let atWork: readonly string[] = [];
  let turn: Promise<void> | null = null;
  let isFirst = true;

  const work = async () => {
    if (isFirst) await sleep(firstAfterMs);
    isFirst = false;
    while (waiting.length > 0) {
      atWork = waiting;
      waiting = [];
      const clean = await scrub(atWork).catch(() => atWork.map(scrubNow));
      // Somebody may have taken them meanwhile.
      if (atWork.length > 0) write(clean.join(''));
      atWork = [];
    }
    turn = null;
  };

  return {
    write: (line) => {
      waiting.push(line);
      turn ??= work();
    },
    settled: async () => turn ?? undefined,
    takeRest: () => {
      const rest = [...atWork, ...waiting];
      [atWork, waiting] = [[], []];
      return rest.map(scrubNow).join('');
    },
  };
}
