import type { Dollar } from './engine-interface.ts';

/** Whether it works out or not, nobody waits longer for it. */
export async function soon<T>($: Dollar, work: Promise<T>, limitMs: number): Promise<T | null> {
  const patience = new Promise<null>((resolve) => void $.clock.after(limitMs, () => resolve(null)));
  return Promise.race([work.catch(() => null), patience]);
}
