import type { Arm } from './arm.ts';
import type { Group } from './balancing.ts';
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

export type PickRequest = {
  readonly strategy: Strategy;
  /** Candidates that are left out: excluded, cooling down, not connected. */
  readonly without?: readonly string[] | undefined;
  readonly now: number;
  /** From 0 up to 1, without 1. */
  readonly random: () => number;
};

/** How a strategy picks. Of the group, whoever is left out is gone already, except in a circle. */
export type PickArm = (arms: readonly Arm[], group: Group, request: PickRequest) => Arm | null;
