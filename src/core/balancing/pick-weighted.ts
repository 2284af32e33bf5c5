import { type Arm, agedWeight } from './arm.ts';
import type { Group } from './balancing.ts';
import type { PickArm } from './choice.ts';

/**
 * Draws by weight: a number from 0 up to 1, times the total, lies within the weight of one, and on a boundary belongs to the
 * earlier one. Where nobody has any weight, it is the first: somebody has to do it.
 */
export const pickWeighted: PickArm = (arms, group, { now, random }) => {
  const { members } = group;
  let total = 0;
  for (const place of members) {
    const arm = arms[place];
    if (arm !== undefined) total += agedWeight(arm, now);
  }
  let left = total * random();
  for (const place of members) {
    const arm = arms[place];
    if (arm === undefined) continue;
    const weight = agedWeight(arm, now);
    if (left <= weight && weight > 0) return arm;
    left -= weight;
  }
  return lastWithWeight(arms, group);
};

/** Rounding may leave a little at the end. */
function lastWithWeight(arms: readonly Arm[], { members }: Group): Arm | null {
  const last = members.findLast((place) => (arms[place]?.weight ?? 0) > 0);
  return arms[last ?? members[0] ?? -1] ?? null;
}
