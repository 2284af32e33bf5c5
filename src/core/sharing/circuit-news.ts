// What does a change of a circuit here tell the others of the team?
//
//   closed ──▶ open         rests, for so long
//   open ──▶ half-open      this machine tries it out: the others wait for what comes of it
//   half-open ──▶ open      rests again; or is due, where that says nothing to the others
//   half-open ──▶ closed    is back
//
// Durations, never times: no clock of one machine is compared with that of another.

import {
  type Circuit,
  type Circuits,
  findCircuit,
  isRunning,
  type Trouble,
} from '../circuit/circuit-state.ts';
import type { Failure } from '../delegation/failure.ts';
import { concernsTeam, wasReached } from './concerns-team.ts';

export type CircuitNews =
  | ({ readonly key: string; readonly kind: 'rests' | 'tries'; readonly ms: number } & Pick<
      Trouble,
      'code' | 'times'
    >)
  /** `due`: what was being tried out may be tried out by others. */
  | { readonly key: string; readonly kind: 'due' | 'back' };

export type CircuitChange = {
  readonly before: Circuits;
  readonly after: Circuits;
  /** What ended the attempt; `null`: nothing did. */
  readonly failure: Failure | null;
};

export type Teller = { readonly accounts: readonly string[]; readonly now: number };

export function findNews({ before, after, failure }: CircuitChange, teller: Teller): readonly CircuitNews[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [was, is] = [findCircuit(before, key), findCircuit(after, key)];
    return was === is ? [] : newsOf(key, { was, is, failure }, teller);
  });
}

/** What others may not know (any more): of limits alone, since a server error was perhaps never the provider's. */
export function listNews(circuits: Circuits, { accounts, now }: Teller): readonly CircuitNews[] {
  return Object.entries(circuits).flatMap(([key, circuit]) => {
    if (circuit.name !== 'open' || circuit.from !== undefined || !isRunning(circuit, now)) return [];
    if (circuit.code === 'provider-unavailable' || !concernsTeam({ key, code: circuit.code }, accounts))
      return [];
    return [restOf(key, circuit, now)];
  });
}

type Step = { readonly was: Circuit | null; readonly is: Circuit | null; readonly failure: Failure | null };

function newsOf(key: string, { was, is, failure }: Step, { accounts, now }: Teller): readonly CircuitNews[] {
  const concerns = (circuit: Circuit | null): circuit is Troubled =>
    isTroubled(circuit) && concernsTeam({ key, code: circuit.code }, accounts);
  if (!isTroubled(is)) return concerns(was) ? [{ key, kind: 'back' }] : [];
  if (is.name === 'half-open') return concerns(is) ? [{ ...restOf(key, is, now), kind: 'tries' }] : [];
  if (concerns(is) && isRunning(is, now) && failure !== null && wasReached(failure))
    return [restOf(key, is, now)];
  return was?.name === 'half-open' && concerns(was) ? [{ key, kind: 'due' }] : [];
}

type Troubled = Extract<Circuit, Trouble>;

function isTroubled(circuit: Circuit | null): circuit is Troubled {
  return circuit !== null && circuit.name !== 'closed';
}

function restOf(key: string, { until, code, times }: Troubled, now: number) {
  return { key, kind: 'rests', ms: until - now, code, times } as const;
}
