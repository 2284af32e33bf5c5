// Who has spent the fewest tokens lately? What only fails spends none: it comes after all that work.

import { type Arm, healthOf } from './arm.ts';
import type { PickArm } from './choice.ts';

const WELL = 0.5;

export const pickLeastUsed: PickArm = (arms, { members }, { now }) => {
  let well: Arm | null = null;
  let wellLoad = Number.POSITIVE_INFINITY;
  let ill: Arm | null = null;
  let illLoad = Number.POSITIVE_INFINITY;
  for (const place of members) {
    const arm = arms[place];
    if (arm === undefined) continue;
    const load = arm.load + arm.expected;
    if (healthOf(arm, now) >= WELL) {
      if (load < wellLoad) {
        well = arm;
        wellLoad = load;
      }
    } else if (load < illLoad) {
      ill = arm;
      illLoad = load;
    }
  }
  return well ?? ill;
};
