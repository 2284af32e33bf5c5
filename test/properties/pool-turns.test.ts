import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pickServer } from '../../src/core/pool/pick-server.ts';
import { type PoolState, removeServer, setServer } from '../../src/core/pool/pool-state.ts';
import { aPool, ready } from '../core/pool/pool-builders.ts';

const IDS = [...'abcdef'];

type Step = { readonly do: 'pick' } | { readonly do: 'fill' | 'leave'; readonly id: string };
type Place = { readonly id: string; readonly free: boolean };
/** Whose turn is next comes first. */
type Round = readonly Place[];
type Both = { readonly pool: PoolState; readonly round: Round };

const id = fc.constantFrom(...IDS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ do: 'pick' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fill' as const), id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), id }) },
);

/** Servers with one session each: who is full is passed over. */
function perform({ pool, round }: Both, step: Step): Both {
  switch (step.do) {
    case 'leave':
      return { pool: removeServer(pool, step.id), round: round.filter(({ id }) => id !== step.id) };
    case 'fill':
      return {
        pool: setServer(pool, ready(step.id, { tasks: 1 })),
        round: round.map((place) => (place.id === step.id ? { ...place, free: false } : place)),
      };
    case 'pick': {
      const next = round.findIndex(({ free }) => free);
      const picked = pickServer(pool, { prefers: null, remotes: [] }, 1);
      expect(picked?.id).toBe(round[next]?.id);
      return {
        pool: { ...pool, cursor: picked?.id ?? pool.cursor },
        round: [...round.slice(next + 1), ...round.slice(0, next + 1)],
      };
    }
  }
}

describe('the turns', () => {
  it('go round among those that are free, whoever leaves', () => {
    const start: Both = {
      pool: aPool(IDS.map((id) => ready(id))),
      round: IDS.map((id) => ({ id, free: true })),
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        steps.reduce(perform, start);
      }),
      { numRuns: 1_000 },
    );
  });
});
