// What does one more success or failure make of a circuit?

import type { FailureCode } from '../delegation/failure.ts';
import {
  type Circuit,
  type Circuits,
  findCircuit,
  isRunning,
  removeCircuit,
  setCircuit,
} from './circuit-state.ts';
import { endProbe } from './probe.ts';
import { FORGET_AFTER_MS, failuresToOpen, restMs } from './when-to-open.ts';

type Failed = { readonly code: FailureCode; readonly retryAfterMs?: number | undefined };

/** A success while the circuit rests is one that began before: it does not outweigh what was said since. */
export function noteSuccess(circuits: Circuits, key: string, now: number): Circuits {
  const circuit = findCircuit(circuits, key);
  if (circuit === null || (circuit.name === 'open' && isRunning(circuit, now))) return circuits;
  return removeCircuit(circuits, key);
}

/** `failed`: a `Failure`, or as much of one as is known. */
export function noteFailure(
  circuits: Circuits,
  key: string,
  { failed, now }: { readonly failed: Failed; readonly now: number },
): Circuits {
  const toOpen = failuresToOpen(failed.code);
  if (toOpen === null) return endProbe(circuits, key, now);
  const circuit = findCircuit(circuits, key);
  if (circuit === null || circuit.name === 'closed') {
    const failures = 1 + (circuit !== null && isRecent(circuit.since, now) ? circuit.failures : 0);
    if (failures < toOpen) return setCircuit(circuits, key, { name: 'closed', failures, since: now });
    return setCircuit(circuits, key, open(failed, { times: 1, now }));
  }
  if (circuit.name === 'open' && isRunning(circuit, now)) {
    return setCircuit(circuits, key, later(circuit, open(failed, { times: circuit.times, now })));
  }
  const times = 1 + (isRecent(circuit.until, now) ? circuit.times : 0);
  return setCircuit(circuits, key, open(failed, { times, now }));
}

type Open = Extract<Circuit, { readonly name: 'open' }>;

function open({ code, retryAfterMs }: Failed, { times, now }: { times: number; now: number }): Open {
  return { name: 'open', since: now, until: now + restMs({ code, times, retryAfterMs }), code, times };
}

/** Tasks that began together fail together: that is one opening, and the longer of their rests. */
function later(first: Open, second: Open): Open {
  return second.until > first.until ? second : first;
}

function isRecent(at: number, now: number): boolean {
  return Math.abs(now - at) <= FORGET_AFTER_MS;
}
