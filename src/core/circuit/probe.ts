// One task tries out what rested: how that is announced, and how it ends without a verdict.

import { type Circuits, findCircuit, setCircuit } from './circuit-state.ts';
import { mayTry } from './may-try.ts';
import { LONGEST_REST_MS } from './when-to-open.ts';

/** As long as a provider may be silent (`opencode.stallTimeout`): by then a probe has told something. */
const PROBE_LEASE_MS = 120_000;

export type ProbeTime = { readonly now: number; readonly leaseMs?: number | undefined };

/** Unchanged where no probe is due: what is closed needs none, and what rests or is being probed takes none. */
export function beginProbe(
  circuits: Circuits,
  key: string,
  { now, leaseMs = PROBE_LEASE_MS }: ProbeTime,
): Circuits {
  const circuit = findCircuit(circuits, key);
  const leave = mayTry(circuits, key, now);
  if (circuit === null || circuit.name === 'closed' || !leave.may) return circuits;
  const { code, times } = circuit;
  const until = now + Math.min(leaseMs, LONGEST_REST_MS);
  return setCircuit(circuits, key, { name: 'half-open', since: now, until, code, times });
}

/** It was cancelled, or failed by no fault of the provider: the next one may try at once. */
export function endProbe(circuits: Circuits, key: string, now: number): Circuits {
  const circuit = findCircuit(circuits, key);
  if (circuit?.name !== 'half-open') return circuits;
  const { code, times } = circuit;
  return setCircuit(circuits, key, { name: 'open', since: now, until: now, code, times });
}
