import type { PickArm } from './choice.ts';

/** The next in the circle that is not left out; `null` where all are. It looks no further than it has to. */
export const pickRoundRobin: PickArm = (arms, { members, cursor }, { without }) => {
  const { length } = members;
  let at = cursor;
  for (let step = 0; step < length; step += 1) {
    at = at + 1 < length ? at + 1 : 0;
    const arm = arms[members[at] ?? -1];
    if (arm !== undefined && !without?.includes(arm.name)) return arm;
  }
  return null;
};
