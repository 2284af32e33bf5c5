/** Is `adaptive` worth it? All strategies in the same worlds of drifting providers, by the seconds a task takes. */
import { createDriftingWorld } from '../../src/simulation/drifting-providers.ts';
import { type Fare, type PlayOptions, playStrategy } from '../../src/simulation/play-strategy.ts';
import type { Row, Section } from '../section.ts';

/** Other worlds than those on which the constants of `adaptive` were chosen, which had the seeds 0 to 29. */
const SEEDS = Array.from({ length: 120 }, (_, index) => 1_000 + index);
const TASKS = 1_000;
const PROVIDERS = 4;
const PLAYERS = ['omniscient', 'adaptive', 'latency', 'weighted', 'round-robin', 'usage', 'first'] as const;
type Player = PlayOptions['strategy'];

type Setting = { readonly everyMs: number; readonly pricesDiffer: boolean };
const SETTINGS: readonly Setting[] = [5_000, 20_000, 90_000].flatMap((everyMs) => [
  { everyMs, pricesDiffer: true },
  { everyMs, pricesDiffer: false },
]);

type Outcome = {
  readonly setting: Setting;
  readonly player: Player;
  readonly priceS: number;
  /** Above what one pays who knows everything about the moment. */
  readonly regretS: number;
  readonly latencyS: number;
  readonly costUsd: number;
  readonly movedShare: number;
};

export const ADAPTIVE: Section = {
  name: 'adaptive',
  about: `strategies in ${SEEDS.length * SETTINGS.length} worlds of drifting providers, ${TASKS} tasks each`,
  measure: async () => {
    const games = SETTINGS.map((setting) => ({
      setting,
      fares: SEEDS.map((seed) => playAll(setting, seed)),
    }));
    const outcomes = games.flatMap(({ setting, fares }) =>
      PLAYERS.map((player) => summarise(setting, player, fares)),
    );
    const versus = games.flatMap(({ setting, fares }) =>
      (['latency', 'weighted'] as const).map((other) => compare(setting, fares, other)),
    );
    const notes = [...versus.map(tell), ...table(outcomes)];
    return { rows: versus.map(toRow), notes, data: { outcomes, versus } };
  },
};

type Fares = Readonly<Record<Player, Fare>>;

function playAll({ everyMs, pricesDiffer }: Setting, seed: number): Fares {
  const hours = (1.3 * TASKS * everyMs) / 3_600_000;
  const world = createDriftingWorld({ seed, providers: PROVIDERS, hours, pricesDiffer });
  const played = PLAYERS.map(
    (strategy) => [strategy, playStrategy(world, { strategy, seed, tasks: TASKS, everyMs })] as const,
  );
  return Object.fromEntries(played) as Fares;
}

function summarise(setting: Setting, player: Player, fares: readonly Fares[]): Outcome {
  const over = (figure: (fare: Fare) => number) => mean(fares.map((of) => figure(of[player])));
  const priceS = over((fare) => fare.meanPriceS);
  return {
    setting,
    player,
    priceS,
    regretS: priceS - mean(fares.map((of) => of.omniscient.meanPriceS)),
    latencyS: over((fare) => fare.meanLatencyS),
    costUsd: over((fare) => fare.meanCostUsd),
    movedShare: over((fare) => fare.movedShare),
  };
}

type Versus = {
  readonly setting: Setting;
  readonly other: Player;
  /** By how much a task is cheaper with `adaptive`: the mean over the worlds, and the bounds that hold it at 95 %. */
  readonly savedPercent: number;
  readonly fromPercent: number;
  readonly toPercent: number;
  readonly wonShare: number;
};

function compare(setting: Setting, fares: readonly Fares[], other: Player): Versus {
  const saved = fares.map((of) => 100 * (1 - of.adaptive.meanPriceS / of[other].meanPriceS));
  const middle = mean(saved);
  const deviation = Math.sqrt(mean(saved.map((value) => (value - middle) ** 2)) / (saved.length - 1));
  return {
    setting,
    other,
    savedPercent: middle,
    fromPercent: middle - 1.96 * deviation,
    toPercent: middle + 1.96 * deviation,
    wonShare: saved.filter((value) => value > 0).length / saved.length,
  };
}

function toRow({ setting, other, fromPercent }: Versus): Row {
  const figure = `saves over ${other}, ${nameOf(setting)}`;
  const measured = Math.round(fromPercent * 10) / 10;
  return { figure, measured, limit: '> 0 % at 95 %', holds: measured > 0 };
}

function tell({ setting, other, savedPercent, fromPercent, toPercent, wonShare }: Versus): string {
  const [saved, from, to] = [savedPercent, fromPercent, toPercent].map((percent) => percent.toFixed(1));
  const won = (100 * wonShare).toFixed(0);
  return `${nameOf(setting)}: saves ${saved} % over ${other} (${from} to ${to}), better in ${won} % of the worlds`;
}

function table(outcomes: readonly Outcome[]): readonly string[] {
  const head = `${'a task'.padEnd(35)}   price  regret  seconds dollars   moved`;
  const lines = outcomes.map(({ setting, player, priceS, regretS, latencyS, costUsd, movedShare }) =>
    [
      nameOf(setting).padEnd(22),
      player.padEnd(12),
      priceS.toFixed(2).padStart(7),
      regretS.toFixed(2).padStart(7),
      latencyS.toFixed(2).padStart(7),
      costUsd.toFixed(3).padStart(7),
      `${(100 * movedShare).toFixed(1)} %`.padStart(7),
    ].join(' '),
  );
  return [head, ...lines];
}

function nameOf({ everyMs, pricesDiffer }: Setting): string {
  return `every ${everyMs / 1_000} s${pricesDiffer ? '' : ', one price'}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
