// Which candidates are there for which role? What is known of one stays with its name.

import { type Arm, createArm, withFigures } from './arm.ts';
import { type Balancing, findGroup, type Group } from './balancing.ts';
import { NOTHING_LEARNED, rateAll } from './learned.ts';

export type Arrangement = {
  /** Role → its candidates, first choice first. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly weightOf: (candidate: string) => number;
};

export function arrangeBalancing(balancing: Balancing, { groups, weightOf }: Arrangement): Balancing {
  const roles = Object.entries(groups).map(([role, names]) => [role, [...new Set(names)]] as const);
  const known = new Map(balancing.arms.map((arm) => [arm.name, arm]));
  const names = [...new Set(roles.flatMap(([, names]) => names))];
  const arms = names.map((name) => armOf(known.get(name), name, weightOf(name)));
  const places = new Map(names.map((name, place) => [name, place]));
  return {
    arms,
    groups: roles.map(([role, names]) => {
      const members = names.map((name) => places.get(name) ?? -1);
      return carryOver(balancing, { role, names, members });
    }),
  };
}

function armOf(arm: Arm | undefined, name: string, weight: number): Arm {
  return arm === undefined ? createArm(name, weight) : withFigures(arm, { weight });
}

type Wanted = {
  readonly role: string;
  readonly names: readonly string[];
  readonly members: readonly number[];
};

function carryOver(balancing: Balancing, { role, names, members }: Wanted): Group {
  const before = findGroup(balancing, role);
  const namesBefore = before?.members.map((place) => balancing.arms[place]?.name) ?? [];
  const learned = names.map((name) => before?.learned[namesBefore.indexOf(name)] ?? NOTHING_LEARNED);
  const last = namesBefore[before?.cursor ?? -1];
  return { role, members, cursor: last === undefined ? -1 : names.indexOf(last), learned: rateAll(learned) };
}
