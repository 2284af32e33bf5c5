/**
 * How does a strategy fare in a world of drifting providers? Tasks arrive whether or not earlier ones have ended, one
 * that fails moves to the next candidate, circuits leave out what failed, and outcomes are known when a task ends.
 */
import { arrangeBalancing } from '../core/balancing/arrange-balancing.ts';
import { type Balancing, NO_BALANCING } from '../core/balancing/balancing.ts';
import { noteOutcome } from '../core/balancing/note-outcome.ts';
import { notePick } from '../core/balancing/note-pick.ts';
import { pickCandidate } from '../core/balancing/pick-candidate.ts';
import { seededRandom } from '../core/balancing/seeded-random.ts';
import type { Strategy } from '../core/balancing/strategy.ts';
import { type Circuits, NO_CIRCUITS } from '../core/circuit/circuit-state.ts';
import { mayTry } from '../core/circuit/may-try.ts';
import { noteFailure, noteSuccess } from '../core/circuit/note-outcome.ts';
import { beginProbe } from '../core/circuit/probe.ts';
import type { Condition, DriftingWorld, Encounter } from './drifting-providers.ts';

export type Fare = {
  /** Seconds a task takes, and its dollars at a minute each. */
  readonly meanPriceS: number;
  readonly meanLatencyS: number;
  readonly meanCostUsd: number;
  /** Share of the tasks that needed a second attempt, or more. */
  readonly movedShare: number;
};

export type PlayOptions = {
  /** `omniscient` knows what is true of each provider at the moment, though not what the dice will say. */
  readonly strategy: Strategy | 'omniscient';
  readonly seed: number;
  readonly tasks: number;
  /** Between the beginnings of two tasks, on average. */
  readonly everyMs: number;
};

const S_PER_USD = 60;
const ROLE = 'role';
/** Where everybody fails, Claude does it. */
const CLAUDE: Encounter = { ok: true, latencyMs: 12_000, costUsd: 0.2 };

type Ended = Encounter & { readonly candidate: string; readonly at: number };
type Player = { balancing: Balancing; circuits: Circuits; underWay: Ended[] };

export function playStrategy(world: DriftingWorld, { strategy, seed, tasks, everyMs }: PlayOptions): Fare {
  const random = seededRandom(`${seed} picks`);
  const arrivals = seededRandom(`${seed} arrivals`);
  const player: Player = { balancing: arrange(world), circuits: NO_CIRCUITS, underWay: [] };
  const sums = { latencyMs: 0, costUsd: 0, moved: 0 };
  let at = 0;
  for (let number = 0; number < tasks; number += 1) {
    at += -Math.log(1 - arrivals()) * everyMs;
    const pick = (now: number, without: readonly string[]) =>
      strategy === 'omniscient'
        ? pickOmniscient(world, player, { now, without })
        : pickBy(player, { strategy, now, without, random });
    const { latencyMs, costUsd, attempts } = runTask(world, player, { number, at, pick });
    sums.latencyMs += latencyMs;
    sums.costUsd += costUsd;
    sums.moved += attempts > 1 ? 1 : 0;
  }
  const meanLatencyS = sums.latencyMs / tasks / 1_000;
  const meanCostUsd = sums.costUsd / tasks;
  const meanPriceS = meanLatencyS + S_PER_USD * meanCostUsd;
  return { meanPriceS, meanLatencyS, meanCostUsd, movedShare: sums.moved / tasks };
}

/** Weights as somebody would set them who measured once, at the beginning: the inverse of the price then. */
function arrange(world: DriftingWorld): Balancing {
  const weightOf = (candidate: string) =>
    1 / expectedPriceS(world.conditionOf(world.names.indexOf(candidate), 0));
  return arrangeBalancing(NO_BALANCING, { groups: { [ROLE]: world.names }, weightOf });
}

function expectedPriceS({ typicalMs, costUsd, failureShare }: Condition): number {
  return typicalMs / 1_000 + S_PER_USD * costUsd + failureShare * 30;
}

type Task = {
  readonly number: number;
  readonly at: number;
  readonly pick: (now: number, without: readonly string[]) => string | null;
};

function runTask(
  world: DriftingWorld,
  player: Player,
  { number, at, pick }: Task,
): { latencyMs: number; costUsd: number; attempts: number } {
  const tried: string[] = [];
  let now = at;
  for (;;) {
    settle(player, now);
    const candidate = pick(now, tried);
    if (candidate === null) {
      const latencyMs = now - at + CLAUDE.latencyMs;
      return { latencyMs, costUsd: CLAUDE.costUsd, attempts: tried.length + 1 };
    }
    const met = world.meet(world.names.indexOf(candidate), { number, at: now });
    player.circuits = beginProbe(player.circuits, candidate, { now });
    tried.push(candidate);
    now += met.latencyMs;
    const ended = { ...met, candidate, at: now };
    if (met.ok) {
      player.underWay.push(ended);
      return { latencyMs: now - at, costUsd: met.costUsd, attempts: tried.length };
    }
    note(player, ended);
  }
}

/** Writes down what has ended by now, in the order of its end. */
function settle(player: Player, now: number): void {
  const ended = player.underWay.filter(({ at }) => at <= now).toSorted((one, other) => one.at - other.at);
  player.underWay = player.underWay.filter(({ at }) => at > now);
  for (const one of ended) note(player, one);
}

function note(player: Player, { candidate, ok, latencyMs, costUsd, at }: Ended): void {
  const outcome = { candidate, ok, latencyMs, costUsd, tokens: ok ? 1_000 : 0 };
  player.balancing = noteOutcome(player.balancing, { ...outcome, role: ROLE, now: at });
  player.circuits = ok
    ? noteSuccess(player.circuits, candidate, at)
    : noteFailure(player.circuits, candidate, { failed: { code: 'provider-unavailable' }, now: at });
}

type Moment = { readonly now: number; readonly without: readonly string[] };

function pickBy(
  player: Player,
  { strategy, now, without, random }: Moment & { readonly strategy: Strategy; readonly random: () => number },
): string | null {
  const out = [...without, ...resting(player, now)];
  const choice = pickCandidate(player.balancing, { role: ROLE, strategy, without: out, now, random });
  if (choice === null) return null;
  player.balancing = notePick(player.balancing, { role: ROLE, choice, now });
  return choice.candidate;
}

function pickOmniscient(world: DriftingWorld, player: Player, { now, without }: Moment): string | null {
  const out = [...without, ...resting(player, now)];
  const left = world.names.filter((name) => !out.includes(name));
  const price = (name: string) => expectedPriceS(world.conditionOf(world.names.indexOf(name), now));
  return left.toSorted((one, other) => price(one) - price(other))[0] ?? null;
}

function resting({ circuits }: Player, now: number): readonly string[] {
  return Object.keys(circuits).filter((name) => !mayTry(circuits, name, now).may);
}
