/** Which providers and models are put aside now, why, and until when. */
import type { FailureCode } from '../delegation/failure.ts';
import type { Circuits } from './circuit-state.ts';
import { mayTry } from './may-try.ts';

export type Resting = {
  /** `provider/model`, or `provider/*` where all of its models rest. */
  readonly key: string;
  readonly code: FailureCode;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** The machine of the team that found it out; left out: this one. */
  readonly from?: string | undefined;
};

/** The first to come back stands first. */
export function listResting(circuits: Circuits, now: number): readonly Resting[] {
  return Object.keys(circuits)
    .flatMap((key) => {
      const leave = mayTry(circuits, key, now);
      if (leave.may) return [];
      const { may: _, ...rest } = leave;
      return [{ key, ...rest }];
    })
    .sort((one, other) => one.until - other.until);
}
