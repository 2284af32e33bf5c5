/** What is known of the models that may answer: how each has done, and which of them rest. Survives a trip through JSON. */
import { type Balancing, NO_BALANCING } from '../balancing/balancing.ts';
import { parseBalancing } from '../balancing/parse-balancing.ts';
import { type Circuits, NO_CIRCUITS } from '../circuit/circuit-state.ts';
import { parseCircuits } from '../circuit/parse-circuits.ts';

export type Standing = { readonly balancing: Balancing; readonly circuits: Circuits };

export const NO_STANDING: Standing = { balancing: NO_BALANCING, circuits: NO_CIRCUITS };

/** What makes no sense is left out; nothing of this is worth more than a fresh start. */
export function parseStanding(stored: Readonly<Record<string, unknown>>): Standing {
  return {
    balancing: parseBalancing(stored.balancing).balancing,
    circuits: parseCircuits(stored.circuits).circuits,
  };
}
