import type { Arm } from './arm.ts';
import type { Group } from './balancing.ts';

/** The next in the circle that is not left out; `null` where all are. It looks no further than it has to. */
export function pickRoundRobin(
  arms: readonly Arm[],
  { members, cursor }: Group,
  without: readonly string[],
): Arm | null {
  const { length } = members;
  let at = cursor;
  for (let step = 0; step < length; step += 1) {
    at = at + 1 < length ? at + 1 : 0;
    const arm = arms[members[at] ?? -1];
    if (arm !== undefined && (without.length === 0 || !without.includes(arm.name))) return arm;
  }
  return null;
}
