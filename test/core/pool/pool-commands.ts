// What may happen to a pool, and how each of it is told. A command names nothing: it picks from what is there when its
// turn comes, so that any sequence of commands makes sense, and shrinks.

import fc from 'fast-check';
import type { PoolEvent } from '../../../src/core/pool/pool-event.ts';
import { send, type World } from './pool-world.ts';

export type Command =
  | { readonly do: 'arrive'; readonly patience: number; readonly prefer: number | null }
  | { readonly do: 'cancel' | 'release' | 'crash' | 'end' | 'recycle' | 'suspect'; readonly pick: number }
  | { readonly do: 'start'; readonly pick: number; readonly ok: boolean }
  | { readonly do: 'probe'; readonly pick: number; readonly ok: boolean; readonly rss: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'scale'; readonly servers: number }
  | { readonly do: 'recycle-all' | 'stop' | 'stray' };

const pick = fc.nat(20);
const ok = fc.nat(9).map((die) => die < 7);

const picking = (name: 'cancel' | 'release' | 'crash' | 'end' | 'recycle' | 'suspect') =>
  fc.record({ do: fc.constant(name), pick });

const arrive = fc.record({
  do: fc.constant('arrive' as const),
  patience: fc.oneof(fc.constant(600_000), fc.nat(5_000)),
  prefer: fc.option(pick, { freq: 3 }),
});
const start = fc.record({ do: fc.constant('start' as const), pick, ok });
const probe = fc.record({ do: fc.constant('probe' as const), pick, ok, rss: fc.nat(120) });
const pass = fc.record({
  do: fc.constant('pass' as const),
  ms: fc.oneof(fc.nat(2_000), fc.nat(70_000), fc.nat(700_000)),
});
const scale = fc.record({ do: fc.constant('scale' as const), servers: fc.nat(6) });
const other = fc.record({ do: fc.constantFrom('recycle-all' as const, 'stray' as const) });

/** Everything but the request to stop, after which little more happens. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 16, arbitrary: arrive },
  { weight: 8, arbitrary: picking('release') },
  { weight: 2, arbitrary: picking('cancel') },
  { weight: 2, arbitrary: picking('crash') },
  { weight: 4, arbitrary: picking('end') },
  { weight: 1, arbitrary: picking('recycle') },
  { weight: 2, arbitrary: picking('suspect') },
  { weight: 10, arbitrary: start },
  { weight: 5, arbitrary: probe },
  { weight: 8, arbitrary: pass },
  { weight: 2, arbitrary: scale },
  { weight: 1, arbitrary: other },
);

export function perform(world: World, step: Command): void {
  if (step.do === 'pass') world.now += step.ms;
  for (const event of toEvents(world, step)) send(world, event);
}

/** A while in which nothing goes wrong: whatever the pool asks for is done, and every task ends. */
export function letSettle(world: World, ms: number, tickMs: number): void {
  answerAll(world);
  for (const end = world.now + ms; world.now < end; answerAll(world))
    perform(world, { do: 'pass', ms: tickMs });
}

function answerAll(world: World): void {
  const steps: readonly Command[] = [
    { do: 'start', pick: 0, ok: true },
    { do: 'end', pick: 0 },
    { do: 'probe', pick: 0, ok: true, rss: 10 },
    { do: 'release', pick: 0 },
  ];
  while (steps.some((step) => toEvents(world, step).length > 0)) {
    for (const step of steps) perform(world, step);
  }
}

/** None where there is nothing to pick from. */
function toEvents(world: World, step: Command): readonly PoolEvent[] {
  const servers = world.state.servers.map(({ id }) => id);
  switch (step.do) {
    case 'arrive': {
      const [prefers = null] = step.prefer === null ? [] : choose(servers, step.prefer);
      const task = `task-${world.fates.size}`;
      return [{ type: 'task-arrived', task, deadline: world.now + step.patience, prefers }];
    }
    case 'cancel':
      return choose([...world.fates.keys()], step.pick).map((task) => ({ type: 'task-cancelled', task }));
    case 'release':
      return choose([...world.leases], step.pick).map(([task, server]) => ({
        type: 'lease-released',
        task,
        server,
      }));
    case 'start':
      return choose(inPhase(world, 'starting'), step.pick).map((server) => endStart(server, step.ok));
    case 'crash':
      return choose(
        [...inPhase(world, 'up'), ...inPhase(world, 'starting'), ...reached(world)],
        step.pick,
      ).map((server) => ({ type: 'server-exited', server, why: 'SIGKILL' }));
    case 'end':
      return choose(inPhase(world, 'dying'), step.pick).flatMap((server) => end(server, step.pick));
    case 'probe':
      return choose(world.probes, step.pick).map((server) => endProbe(server, step));
    case 'pass':
      return [{ type: 'tick' }];
    case 'recycle':
      return choose(servers, step.pick).map((server) => ({ type: 'recycle-asked', server }));
    case 'suspect':
      return choose(servers, step.pick).map((server) => ({ type: 'server-suspected', server }));
    case 'recycle-all':
      return [{ type: 'recycle-asked', server: 'all' }];
    case 'scale':
      return [{ type: 'scale-asked', servers: step.servers }];
    case 'stop':
      return [{ type: 'stop-asked' }];
    case 'stray':
      return strayEvents(world);
  }
}

function endStart(server: string, started: boolean): PoolEvent {
  if (started) return { type: 'server-started', server, port: 4096 };
  return { type: 'server-start-failed', server, why: 'it does not start' };
}

/** The news that it started may cross the order to stop it. */
function end(server: string, pick: number): readonly PoolEvent[] {
  const exited = { type: 'server-exited', server, why: 'SIGTERM' } as const;
  return pick % 2 === 0 ? [exited] : [endStart(server, true), exited];
}

function endProbe(server: string, { ok: alive, rss }: Command & { do: 'probe' }): PoolEvent {
  if (!alive) return { type: 'probe-failed', server, why: 'no answer in time' };
  return { type: 'probe-ok', server, rssBytes: rss < 20 ? null : rss };
}

/** News of nobody, and news that comes twice: nothing may come of it. */
function strayEvents({ state, fates }: World): readonly PoolEvent[] {
  const [task = 'nothing'] = fates.keys();
  const twice = state.servers
    .filter(({ state: { name } }) => name !== 'starting')
    .map(({ id }) => endStart(id, true));
  const dead = state.servers
    .filter(({ state: { name } }) => name === 'failed' || name === 'given-up')
    .flatMap(({ id }): PoolEvent[] => [
      { type: 'server-exited', server: id, why: 'SIGKILL' },
      { type: 'probe-failed', server: id, why: 'no answer in time' },
      { type: 'probe-ok', server: id, rssBytes: 1 },
      { type: 'lease-released', task, server: id },
    ]);
  return [
    ...twice,
    ...dead,
    { type: 'server-exited', server: 'nobody', why: 'SIGKILL' },
    { type: 'server-start-failed', server: 'nobody', why: 'SIGKILL' },
    { type: 'probe-ok', server: 'nobody', rssBytes: 1 },
    { type: 'probe-failed', server: 'nobody', why: 'no answer in time' },
    { type: 'recycle-asked', server: 'nobody' },
    { type: 'lease-released', task, server: 'nobody' },
    { type: 'task-cancelled', task: 'nothing' },
  ];
}

function inPhase(world: World, phase: 'starting' | 'up' | 'dying'): readonly string[] {
  return [...world.processes].filter(([, each]) => each === phase).map(([id]) => id);
}

function reached({ state }: World): readonly string[] {
  return state.servers.filter(({ kind }) => kind === 'remote').map(({ id }) => id);
}

/** One of them, or none where there is none. */
function choose<T>(among: readonly T[], nth: number): readonly T[] {
  return among.slice(nth % among.length).slice(0, 1);
}
