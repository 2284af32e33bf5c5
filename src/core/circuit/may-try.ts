// May this provider's model be asked now, and when does one of several come back?

import type { FailureCode } from '../delegation/failure.ts';
import { type Circuits, findCircuit, isRunning, type Trouble } from './circuit-state.ts';

export type Leave =
  /** `probe`: only as the one that tries it out, announced by `beginProbe`. */
  | { readonly may: true; readonly probe: boolean }
  | ({ readonly may: false; readonly until: number } & Pick<Trouble, 'code' | 'from'>);

const FREELY: Leave = { may: true, probe: false };
const AS_A_PROBE: Leave = { may: true, probe: true };

export function mayTry(circuits: Circuits, key: string, now: number): Leave {
  const circuit = findCircuit(circuits, key);
  if (circuit === null || circuit.name === 'closed') return FREELY;
  if (!isRunning(circuit, now)) return AS_A_PROBE;
  const { until, code, from } = circuit;
  return { may: false, until, code, ...(from === undefined ? {} : { from }) };
}

/** `code`: why it is out until then; `null` where it may be asked at once. */
export type Return = { readonly key: string; readonly at: number; readonly code: FailureCode | null };

/** The first to come back, of equals the first named; `null` without any. */
export function findFirstBack(circuits: Circuits, keys: readonly string[], now: number): Return | null {
  return keys
    .map((key) => returnOf(circuits, key, now))
    .reduce<Return | null>((first, next) => (first === null || next.at < first.at ? next : first), null);
}

function returnOf(circuits: Circuits, key: string, now: number): Return {
  const leave = mayTry(circuits, key, now);
  return leave.may ? { key, at: now, code: null } : { key, at: leave.until, code: leave.code };
}
