import type { Arm } from './arm.ts';
import type { PickArm } from './choice.ts';

/**
 * The lowest draw wins, and each draws from its score, give or take its spread. So what is little known is tried now
 * and then, what is known to be worse is not, and tasks that come together are shared out among the good ones.
 */
export const pickLearned: PickArm = (arms, { members, learned }, { random }) => {
  let best: Arm | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < members.length; at += 1) {
    const one = learned[at];
    const arm = arms[members[at] ?? -1];
    if (one === undefined || arm === undefined) continue;
    const drawn = one.score + one.spread * (2 * random() - 1);
    if (drawn < lowest) {
      best = arm;
      lowest = drawn;
    }
  }
  return best ?? arms[members[0] ?? -1] ?? null;
};
