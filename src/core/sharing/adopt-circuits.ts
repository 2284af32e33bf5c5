// What others of the team have found out becomes part of what is known here.
//
//   not known here, or counted only ──── theirs
//   theirs from before ───────────────── theirs, as it is now; gone there, it is gone here
//   rests here, too ──────────────────── what ends later by more than its travel; else the own
//   tried out or due here ────────────── theirs while it rests, or while they try it out; else the own
//
// Facts of others come as a whole, as Redis has them at one moment, so no order of arrival can matter.

import {
  type Circuit,
  type Circuits,
  findCircuit,
  isRunning,
  removeCircuit,
  setCircuit,
} from '../circuit/circuit-state.ts';
import { LONGEST_REST_MS } from '../circuit/when-to-open.ts';
import { type Concern, concernsTeam } from './concerns-team.ts';

/** In this machine's time, from when it was heard of. */
export type ToldCircuit = Concern & {
  readonly name: 'open' | 'half-open';
  readonly since: number;
  readonly until: number;
  readonly times: number;
  /** The machine that has told it. */
  readonly from: string;
};

export type Adoption = {
  /** Those of other machines, one for each key. */
  readonly told: readonly ToldCircuit[];
  readonly accounts: readonly string[];
  readonly now: number;
};

/** The same value where nothing is new. */
export function adoptCircuits(circuits: Circuits, { told, accounts, now }: Adoption): Circuits {
  const ours = told.filter((one) => concernsTeam(one, accounts));
  const kept = Object.keys(circuits).reduce((all, key) => {
    const circuit = findCircuit(all, key);
    const isGone = isTold(circuit) && !ours.some((one) => one.key === key);
    return isGone ? removeCircuit(all, key) : all;
  }, circuits);
  return ours.reduce((all, { key, ...one }) => {
    const own = findCircuit(all, key);
    const theirs = { ...one, until: Math.min(one.until, one.since + LONGEST_REST_MS) };
    const counts = own === null || isTold(own) || outweighs(theirs, own, now);
    return counts && !isSame(own, theirs) ? setCircuit(all, key, theirs) : all;
  }, kept);
}

/** Without what others have told: what is left is this machine's own. */
export function withoutTold(circuits: Circuits): Circuits {
  return Object.fromEntries(Object.entries(circuits).filter(([, circuit]) => !isTold(circuit)));
}

/** The same rest, told and heard, ends so much later at most. */
const TRAVEL_MS = 2_000;

type Theirs = Extract<Circuit, { readonly name: 'open' | 'half-open' }>;

function outweighs(theirs: Theirs, own: Circuit, now: number): boolean {
  if (own.name === 'closed') return true;
  if (!isRunning(theirs, now)) return false;
  if (!isRunning(own, now)) return true;
  // What one machine tries out goes on; that another one was refused says so only once it rests.
  if (own.name === 'half-open') return theirs.name === 'open';
  return theirs.until > own.until + TRAVEL_MS;
}

function isTold(circuit: Circuit | null): boolean {
  return circuit !== null && circuit.name !== 'closed' && circuit.from !== undefined;
}

function isSame(own: Circuit | null, theirs: Theirs): boolean {
  return (
    own !== null &&
    own.name === theirs.name &&
    own.since === theirs.since &&
    own.until === theirs.until &&
    own.code === theirs.code &&
    own.times === theirs.times &&
    own.from === theirs.from
  );
}
