/** One at a time may pass, and of those that wait the one whose turn comes first. */
import { type MergeTurn, pickNextMerge } from '../../core/worktrees/pick-next-merge.ts';

export type Turnstile = <T>(turn: MergeTurn, pass: () => Promise<T>) => Promise<T>;

type Waiting = MergeTurn & { readonly enter: () => void };

export function createTurnstile(): Turnstile {
  const waiting = new Set<Waiting>();
  let isTaken = false;

  const letNext = () => {
    const next = pickNextMerge([...waiting]);
    isTaken = next !== undefined;
    if (next === undefined) return;
    waiting.delete(next);
    next.enter();
  };

  return async (turn, pass) => {
    if (isTaken) await new Promise<void>((enter) => waiting.add({ ...turn, enter }));
    isTaken = true;
    try {
      return await pass();
    } finally {
      letNext();
    }
  };
}
