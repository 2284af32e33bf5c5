// All that balancing knows: plain values that survive a trip through JSON.

import type { Arm } from './arm.ts';
import type { Learned } from './learned.ts';

export type Balancing = {
  /** Each candidate once, whichever roles it serves. */
  readonly arms: readonly Arm[];
  readonly groups: readonly Group[];
};

/** The candidates of one role. */
export type Group = {
  readonly role: string;
  /** Places in `arms`, in configured order. */
  readonly members: readonly number[];
  /** Whose turn was last, as a place in `members`; -1 before the first turn. */
  readonly cursor: number;
  /** What this role learned of each member. */
  readonly learned: readonly Learned[];
};

export const NO_BALANCING: Balancing = { arms: [], groups: [] };

export function findGroup({ groups }: Balancing, role: string): Group | null {
  for (const group of groups) if (group.role === role) return group;
  return null;
}

export function setGroup(balancing: Balancing, changed: Group): Balancing {
  const groups = balancing.groups.map((group) => (group.role === changed.role ? changed : group));
  return { arms: balancing.arms, groups };
}

/** The place of a candidate in a group's `members`; -1: it is not one of them. */
export function placeIn({ arms }: Balancing, { members }: Group, candidate: string): number {
  return members.findIndex((place) => arms[place]?.name === candidate);
}
