import type { Arm } from './arm.ts';
import type { Strategy } from './strategy.ts';

/** What spoke for a candidate; `only`: nothing had to, since no other was left. */
export type Why =
  | 'only'
  | 'configured-first'
  | 'its-turn'
  | 'drawn-by-weight'
  | 'not-tried-yet'
  | 'fastest'
  | 'least-used'
  | 'best-learned';

export type Choice = { readonly candidate: string; readonly strategy: Strategy; readonly why: Why };

/** What a strategy chooses among: arms, and the places of those that may be picked. */
export type Field = {
  readonly arms: readonly Arm[];
  readonly members: readonly number[];
  readonly now: number;
};
