import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, command, letSettle, perform } from '../core/pool/pool-commands.ts';
import { LIMITS } from '../core/pool/pool-limits.ts';
import { createWorld, floorOf, type World } from '../core/pool/pool-world.ts';

const HOUR = 3_600_000;
const TICK = 60_000;

const limits = fc
  .record({
    minServers: fc.nat(3),
    more: fc.nat(3),
    autoScale: fc.nat(4).map((die) => die > 0),
    sessionsPerServer: fc.constantFrom(1, 2, 4, 10),
    scaleUpAt: fc.constantFrom(0.5, 0.8, 1),
    scaleDownBelow: fc.constantFrom(0.3, 0.6),
    scaleDownAfterMs: fc.constantFrom(60_000, 1),
    maxWaiting: fc.constantFrom(0, 1, 3, 20),
    maxRssBytes: fc.option(fc.constant(100)),
    maxAgeMs: fc.option(fc.constant(300_000)),
    maxTasks: fc.option(fc.integer({ min: 1, max: 8 })),
    giveUpAfter: fc.integer({ min: 1, max: 4 }),
    probeEveryMs: fc.constantFrom(30_000, 600_000, 600_000, 0),
    probeAgainMs: fc.constantFrom(5_000, 5_000, 0),
    maxProbesFailed: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ more, ...set }) => ({ ...LIMITS, ...set, maxServers: set.minServers + more }));
const remotes = fc.subarray(['remote-a', 'remote-b']);
const commands = fc.array(command, { maxLength: 120, size: 'max' });

const world = fc
  .tuple(limits, remotes, commands)
  .map(([set, ids, steps]) => ({ set, ids, steps, live: () => live(createWorld(set, ids), steps) }));

function live(created: World, steps: readonly Command[]): World {
  perform(created, { do: 'pass', ms: 0 });
  for (const step of steps) perform(created, step);
  return created;
}

const ownAges = ({ state, now }: World) =>
  state.servers.flatMap(({ kind, state }) =>
    kind === 'own' && state.name === 'ready' ? [now - state.startedAt] : [],
  );
const ownStates = ({ state }: World) =>
  state.servers.filter(({ kind }) => kind === 'own').map((server) => server.state.name);

describe('a pool, whatever happens to it', () => {
  // What is checked after each event is told in pool-world.ts.
  it('keeps its books, its bounds and its promises at every step', () => {
    fc.assert(
      fc.property(world, ({ live }) => {
        live();
      }),
      { numRuns: 300 },
    );
  });

  it('is at its minimum, with every task ended, after an hour in which nothing goes wrong', () => {
    fc.assert(
      fc.property(world, ({ set, live }) => {
        const after = live();
        letSettle(after, HOUR, TICK);
        for (const fate of after.fates.values()) {
          expect(['ended', 'lost', 'refused', 'cancelled']).toContain(fate);
        }
        const ready = ownStates(after).filter((name) => name === 'ready').length;
        expect(ready).toBeGreaterThanOrEqual(floorOf(after));
        if (set.autoScale) expect(ready).toBe(floorOf(after));
        for (const name of ownStates(after)) expect(['ready', 'failed', 'given-up']).toContain(name);
        for (const age of ownAges(after)) expect(age).toBeLessThan((set.maxAgeMs ?? 2 * HOUR) + TICK);
      }),
      { numRuns: 100 },
    );
  });

  it('is gone when it was asked to stop and its tasks have ended', () => {
    fc.assert(
      fc.property(world, commands, ({ live: liveBefore }, later) => {
        const after = live(liveBefore(), [{ do: 'stop' }, ...later]);
        letSettle(after, HOUR, TICK);
        expect(after.processes.size).toBe(0);
        expect(ownStates(after)).toEqual([]);
        expect(after.queue).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
