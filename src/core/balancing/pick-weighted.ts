import { type Arm, agedWeight } from './arm.ts';
import type { Field } from './choice.ts';

/**
 * Draws by weight: `draw` (0 up to 1) times the total lies within the weight of one, and on a boundary belongs to the
 * earlier one. Where nobody has any weight, it is the first: somebody has to do it.
 */
export function pickWeighted({ arms, members, now }: Field, draw: number): Arm | null {
  let total = 0;
  for (const place of members) {
    const arm = arms[place];
    if (arm !== undefined) total += agedWeight(arm, now);
  }
  let left = total * draw;
  let last: Arm | null = null;
  for (const place of members) {
    const arm = arms[place];
    if (arm === undefined) continue;
    const weight = agedWeight(arm, now);
    if (weight === 0) continue;
    if (left <= weight) return arm;
    left -= weight;
    last = arm;
  }
  return last ?? arms[members[0] ?? -1] ?? null;
}
