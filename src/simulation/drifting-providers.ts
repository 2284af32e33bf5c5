/**
 * Providers whose speed, price and health drift as hours pass, for comparing strategies. Everything follows from the
 * seed, and nothing from what is picked: two strategies meet the same world, task by task.
 */
import { seededRandom } from '../core/balancing/seeded-random.ts';

const HOUR_MS = 3_600_000;
const STEP_MS = 60_000;

/** What a task would meet at one provider. */
export type Encounter = { readonly ok: boolean; readonly latencyMs: number; readonly costUsd: number };

/** What is true of a provider for a minute. */
export type Condition = {
  /** Of the middle one of its answers. */
  readonly typicalMs: number;
  readonly costUsd: number;
  readonly failureShare: number;
};

export type DriftingWorld = {
  readonly names: readonly string[];
  readonly conditionOf: (provider: number, at: number) => Condition;
  readonly meet: (provider: number, task: { readonly number: number; readonly at: number }) => Encounter;
};

export type WorldOptions = {
  readonly seed: number;
  readonly providers: number;
  readonly hours: number;
  /** `false`: all cost the same, and only speed and health tell them apart. */
  readonly pricesDiffer: boolean;
};

export function createDriftingWorld({ seed, providers, hours, pricesDiffer }: WorldOptions): DriftingWorld {
  const names = Array.from({ length: providers }, (_, index) => `provider-${index}/model`);
  const histories = names.map((name) => drift(seededRandom(`${seed} ${name}`), { hours, pricesDiffer }));
  const conditionOf = (provider: number, at: number) => {
    const history = histories[provider] ?? [];
    const condition = history[Math.min(Math.floor(at / STEP_MS), history.length - 1)];
    if (condition === undefined) throw new RangeError(`there is no provider ${provider}`);
    return condition;
  };
  return {
    names,
    conditionOf,
    meet: (provider, { number, at }) =>
      encounter(conditionOf(provider, at), seededRandom(`${seed} ${provider} ${number}`)),
  };
}

/** Answers vary by a factor of 1.4 or so either way. */
const NOISE = 0.35;
/** Some fail at once, others after a long silence. */
const SILENT_SHARE = 0.2;

function encounter({ typicalMs, costUsd, failureShare }: Condition, random: () => number): Encounter {
  if (random() < failureShare) {
    return { ok: false, latencyMs: random() < SILENT_SHARE ? 30_000 : 500, costUsd: 0 };
  }
  const size = Math.exp(NOISE * normal(random));
  return { ok: true, latencyMs: typicalMs * size, costUsd: costUsd * size };
}

/** Speed wanders and now and then jumps; an outage comes every few hours and stays for some minutes. */
function drift(
  random: () => number,
  { hours, pricesDiffer }: { readonly hours: number; readonly pricesDiffer: boolean },
): readonly Condition[] {
  const home = Math.log(5_000) + random() * Math.log(5);
  const costUsd = pricesDiffer ? 0.004 * 40 ** random() : 0.03;
  let logMs = home;
  let outageLeft = 0;
  return Array.from({ length: Math.ceil((hours * HOUR_MS) / STEP_MS) }, () => {
    const jump = random() < 1 / 180 ? normal(random) * 0.7 : 0;
    logMs += (home - logMs) / 240 + 0.03 * normal(random) + jump;
    if (random() < 1 / 240) outageLeft = 5 + random() * 40;
    outageLeft -= 1;
    return { typicalMs: Math.exp(logMs), costUsd, failureShare: outageLeft > 0 ? 0.7 : 0.015 };
  });
}

/** Box and Muller's. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
