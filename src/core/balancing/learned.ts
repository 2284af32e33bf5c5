// What has one role learned of its candidates, and what is each of them worth?
//
// A candidate's price is the time that one task takes there, in milliseconds: its usual duration, its cost turned
// into time, and what its failures add, each weighed by how often it happens. The score is the logarithm of the
// price, since durations differ by factors. What was seen long ago, or many outcomes ago, counts less; the less
// there is to go by, the nearer the price is to the role's usual one, and the wider is the spread around it.

import { ageOf } from './arm.ts';

export type Learned = {
  /** Outcomes, successes among them, and sums over those; all fading. */
  readonly tries: number;
  readonly successes: number;
  readonly logMs: number;
  readonly costUsd: number;
  /** Time that failures took. */
  readonly lostMs: number;
  readonly at: number;
  /** Of the above: `log(price)`, and how far off it may be. */
  readonly score: number;
  readonly spread: number;
};

export type Outcome = {
  readonly ok: boolean;
  readonly latencyMs?: number | undefined;
  readonly tokens?: number | undefined;
  readonly costUsd?: number | undefined;
};

/** A dollar is worth a minute: 60 dollars an hour. */
const MS_PER_USD = 60_000;
/** The latest fifty outcomes of a candidate make up nearly two thirds of its figures, however busy it is. */
const KEPT_PER_OUTCOME = 0.98;
const HALF_LIFE_MS = 3_600_000;
/** As many imagined outcomes, as the role usually has them, stand beside the seen ones. */
const PRIOR = 0.5;
/** What one outcome says may be off by half: exp(0.5 / sqrt(1 + PRIOR)). */
const NOISE = 0.5;
/** Somebody else does the task then, and the user has waited and wondered. */
const PRICE_OF_A_FAILURE = 2;
/** Before anything has succeeded, any duration will do. */
const GUESSED_LOG_MS = Math.log(10_000);

const NOTHING = { tries: 0, successes: 0, logMs: 0, costUsd: 0, lostMs: 0, at: 0 };
export const NOTHING_LEARNED: Learned = rate(NOTHING, usualOf([NOTHING]));

export function learn(
  learned: readonly Learned[],
  { place, outcome, now }: { readonly place: number; readonly outcome: Outcome; readonly now: number },
): readonly Learned[] {
  const aged = learned.map((one) => age(one, now));
  return rateAll(
    aged.map((one, at) => (at === place ? add(fade(one, { kept: KEPT_PER_OUTCOME, now }), outcome) : one)),
  );
}

type Seen = Omit<Learned, 'score' | 'spread'>;

export function rateAll(seen: readonly Seen[]): readonly Learned[] {
  const usual = usualOf(seen);
  return seen.map((one) => rate(one, usual));
}

/** Also of those that were not asked: what is not tried becomes uncertain, and so is tried again. */
function age(seen: Seen, now: number): Seen {
  return fade(seen, { kept: 0.5 ** (ageOf(seen.at, now) / HALF_LIFE_MS), now });
}

function fade(seen: Seen, { kept, now }: { readonly kept: number; readonly now: number }): Seen {
  return {
    tries: seen.tries * kept,
    successes: seen.successes * kept,
    logMs: seen.logMs * kept,
    costUsd: seen.costUsd * kept,
    lostMs: seen.lostMs * kept,
    at: now,
  };
}

function add(before: Seen, { ok, latencyMs = 0, costUsd = 0 }: Outcome): Seen {
  const { tries, successes, logMs, costUsd: spentUsd, lostMs, at } = before;
  const [answered, failed] = ok ? [1, 0] : [0, 1];
  return {
    tries: tries + 1,
    successes: successes + answered,
    logMs: logMs + answered * Math.log(Math.max(1, latencyMs)),
    costUsd: spentUsd + answered * costUsd,
    lostMs: lostMs + failed * latencyMs,
    at,
  };
}

/** The role's averages over all of its candidates. */
type Usual = { readonly chance: number; readonly logMs: number; readonly costUsd: number };

function usualOf(seen: readonly Seen[]): Usual {
  const sum = (figure: (one: Seen) => number) => seen.reduce((total, one) => total + figure(one), 0);
  const successes = sum((one) => one.successes);
  return {
    chance: (successes + 1) / (sum((one) => one.tries) + 1),
    logMs: (sum((one) => one.logMs) + PRIOR * GUESSED_LOG_MS) / (successes + PRIOR),
    costUsd: sum((one) => one.costUsd) / (successes + PRIOR),
  };
}

function rate(seen: Seen, usual: Usual): Learned {
  const { chance, latencyMs, costUsd, lostMs } = figuresOf(seen, usual);
  const afterFailure = lostMs + PRICE_OF_A_FAILURE * (Math.exp(usual.logMs) + MS_PER_USD * usual.costUsd);
  const price = chance * (latencyMs + MS_PER_USD * costUsd) + (1 - chance) * afterFailure;
  return {
    tries: seen.tries,
    successes: seen.successes,
    logMs: seen.logMs,
    costUsd: seen.costUsd,
    lostMs: seen.lostMs,
    at: seen.at,
    score: Math.log(price),
    spread: NOISE / Math.sqrt(seen.tries + PRIOR),
  };
}

type Figures = {
  readonly chance: number;
  readonly latencyMs: number;
  readonly costUsd: number;
  readonly lostMs: number;
};

function figuresOf({ tries, successes, logMs, costUsd, lostMs }: Seen, usual: Usual): Figures {
  const failures = tries - successes;
  return {
    chance: (successes + PRIOR * usual.chance) / (tries + PRIOR),
    latencyMs: Math.exp((logMs + PRIOR * usual.logMs) / (successes + PRIOR)),
    costUsd: (costUsd + PRIOR * usual.costUsd) / (successes + PRIOR),
    lostMs: failures > 0 ? lostMs / failures : 0,
  };
}
