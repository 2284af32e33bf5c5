import type { Waiter } from './queue.ts';
import type { Server } from './server-state.ts';

/** A remote works on its own disk with its own providers, so not every task can go there. */
export function mayTake({ kind, id }: Server, { remotes }: Pick<Waiter, 'remotes'>): boolean {
  return kind === 'own' || remotes.includes(id);
}
