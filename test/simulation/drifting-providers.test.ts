import { describe, expect, it } from 'vitest';
import { createDriftingWorld } from '../../src/simulation/drifting-providers.ts';
import { type Fare, type PlayOptions, playStrategy } from '../../src/simulation/play-strategy.ts';

const OPTIONS = { providers: 4, hours: 10, pricesDiffer: true };
const play = (seed: number, strategy: PlayOptions['strategy']): Fare =>
  playStrategy(createDriftingWorld({ ...OPTIONS, seed }), { strategy, seed, tasks: 400, everyMs: 60_000 });

describe('a world of drifting providers', () => {
  it('is the same again for the same seed, and another for another', () => {
    const meet = (seed: number) => {
      const world = createDriftingWorld({ ...OPTIONS, seed });
      return Array.from({ length: 100 }, (_, number) =>
        world.meet(number % 4, { number, at: number * 60_000 }),
      );
    };
    expect(meet(1)).toEqual(meet(1));
    expect(meet(1)).not.toEqual(meet(2));
  });

  it('does not depend on what is picked, and drifts', () => {
    const world = createDriftingWorld({ ...OPTIONS, seed: 3 });
    const later = world.meet(0, { number: 9, at: 3_600_000 });
    world.meet(1, { number: 1, at: 0 });
    expect(world.meet(0, { number: 9, at: 3_600_000 })).toEqual(later);
    const typical = [0, 3, 6, 9].map((hour) => world.conditionOf(0, hour * 3_600_000).typicalMs);
    expect(new Set(typical).size).toBe(4);
  });

  it('costs the same everywhere where prices do not differ', () => {
    const world = createDriftingWorld({ ...OPTIONS, seed: 4, pricesDiffer: false });
    expect(new Set(world.names.map((_, at) => world.conditionOf(at, 0).costUsd)).size).toBe(1);
  });
});

describe('in such a world', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const price = (strategy: PlayOptions['strategy']) =>
    seeds.reduce((sum, seed) => sum + play(seed, strategy).meanPriceS, 0) / seeds.length;

  it('adaptive comes between those who learn less and the one who knows all', () => {
    const adaptive = price('adaptive');
    expect(adaptive).toBeGreaterThan(price('omniscient'));
    expect(adaptive).toBeLessThan(price('latency'));
    expect(adaptive).toBeLessThan(price('weighted'));
  });

  it('the same seed gives the same picks', () => {
    expect(play(1, 'adaptive')).toEqual(play(1, 'adaptive'));
  });
});
