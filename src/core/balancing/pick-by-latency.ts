// Who answers fastest? What nobody has measured yet comes first, but not for ever.

import { type Arm, agedLatency, ageOf } from './arm.ts';
import type { PickArm } from './choice.ts';

/** What was picked so often without an answer waits, and is then tried once more. */
const VAIN_TRIES = 3;
const WAIT_AFTER_VAIN_TRIES_MS = 600_000;

export const pickByLatency: PickArm = (arms, { members }, { now }) => {
  let untried: Arm | null = null;
  let fastest: Arm | null = null;
  let fastestMs = Number.POSITIVE_INFINITY;
  let waiting: Arm | null = null;
  for (const place of members) {
    const arm = arms[place];
    if (arm === undefined) continue;
    if (arm.latencySamples > 0) {
      const ms = agedLatency(arm, now);
      if (ms < fastestMs) {
        fastest = arm;
        fastestMs = ms;
      }
    } else if (!mayBeTried(arm, now)) {
      if (waiting === null || arm.pickedAt < waiting.pickedAt) waiting = arm;
    } else if (untried === null || arm.unanswered < untried.unanswered) {
      untried = arm;
    }
  }
  return untried ?? fastest ?? waiting;
};

function mayBeTried({ unanswered, pickedAt }: Arm, now: number): boolean {
  return unanswered < VAIN_TRIES || ageOf(pickedAt, now) >= WAIT_AFTER_VAIN_TRIES_MS;
}
