// A pool with the world around it: processes that start, die and fall silent, tasks that come and go. It keeps its own
// books of who waits and who runs where, and holds every action of the pool against them.

import assert from 'node:assert/strict';
import { advancePool } from '../../../src/core/pool/advance-pool.ts';
import { nextWake } from '../../../src/core/pool/next-wake.ts';
import type { PoolAction } from '../../../src/core/pool/pool-action.ts';
import type { PoolEvent } from '../../../src/core/pool/pool-event.ts';
import type { PoolLimits } from '../../../src/core/pool/pool-limits.ts';
import { createPool, type PoolState } from '../../../src/core/pool/pool-state.ts';

type Fate = 'waiting' | 'running' | 'ended' | 'lost' | 'refused' | 'cancelled';
type Phase = 'starting' | 'up' | 'dying';
type Place = { readonly task: string; readonly deadline: number; readonly remotes: readonly string[] };

export type World = {
  readonly limits: PoolLimits;
  state: PoolState;
  /** The state before the last event. */
  before: PoolState;
  now: number;
  readonly processes: Map<string, Phase>;
  readonly leases: Map<string, string>;
  readonly fates: Map<string, Fate>;
  queue: readonly Place[];
  /** Servers whose probe is not answered yet. */
  probes: readonly string[];
  /** When the process of a server last failed. */
  readonly failedAt: Map<string, number>;
  asked: number;
  stopping: boolean;
};

export function createWorld(limits: PoolLimits, remotes: readonly string[]): World {
  const state = freeze(createPool(remotes));
  return {
    limits,
    state,
    before: state,
    now: 1_000_000,
    processes: new Map(),
    leases: new Map(),
    fates: new Map(),
    queue: [],
    probes: [],
    failedAt: new Map(),
    asked: 0,
    stopping: false,
  };
}

/** Tells the pool what happened, and checks what it makes of it. */
export function send(world: World, event: PoolEvent): void {
  const before = world.state;
  const context = { limits: world.limits, now: world.now };
  const { state, actions } = advancePool(before, event, context);
  assert.deepEqual(advancePool(throughJson(before), event, context), { state, actions });
  assert.deepEqual(throughJson(state), state);
  world.before = before;
  world.state = freeze(state);
  noteEvent(world, event);
  for (const action of actions) carryOut(world, action);
  checkBooks(world);
  checkBounds(world);
  checkDepartures(world);
  checkRest(world);
}

export function floorOf({ limits, asked }: World): number {
  return Math.min(limits.maxServers, Math.max(limits.minServers, asked));
}

function noteEvent(world: World, event: PoolEvent): void {
  switch (event.type) {
    case 'task-arrived':
      world.fates.set(event.task, 'waiting');
      world.queue = [...world.queue, event];
      break;
    case 'task-cancelled':
      if (world.fates.get(event.task) === 'waiting') leaveQueue(world, event.task, 'cancelled');
      break;
    case 'lease-released':
      if (world.leases.get(event.task) === event.server) endLease(world, event.task, 'ended');
      break;
    case 'server-started':
      if (world.processes.get(event.server) === 'starting') world.processes.set(event.server, 'up');
      break;
    case 'server-start-failed':
    case 'server-exited':
      noteEnd(world, event.server);
      break;
    case 'scale-asked':
      world.asked = event.servers;
      break;
    case 'stop-asked':
      world.stopping = true;
      break;
    case 'probe-ok':
    case 'probe-failed': {
      const answered = world.probes.indexOf(event.server);
      world.probes = world.probes.filter((_, i) => i !== answered);
      break;
    }
    case 'recycle-asked':
    case 'tick':
      break;
  }
}

function noteEnd({ processes, failedAt, now }: World, server: string): void {
  const phase = processes.get(server);
  if (phase !== undefined && phase !== 'dying') failedAt.set(server, now);
  processes.delete(server);
}

function carryOut(world: World, action: PoolAction): void {
  switch (action.type) {
    case 'grant-lease':
      checkTurn(world, action);
      checkGrant(world, action.server);
      leaveQueue(world, action.task, 'running');
      world.leases.set(action.task, action.server);
      break;
    case 'refuse-task':
      checkRefusal(world, action);
      leaveQueue(world, action.task, 'refused');
      break;
    case 'start-server':
      checkStart(world, action.server);
      world.processes.set(action.server, 'starting');
      break;
    case 'stop-server':
      assert.ok(['starting', 'up'].includes(world.processes.get(action.server) ?? 'none'), 'it runs');
      assert.ok(![...world.leases.values()].includes(action.server), 'no task is cut');
      world.processes.set(action.server, 'dying');
      if (action.why === 'unresponsive') world.failedAt.set(action.server, world.now);
      break;
    case 'mark-task-lost':
      assert.equal(world.leases.get(action.task), action.server);
      endLease(world, action.task, 'lost');
      break;
    case 'probe-server':
      assert.ok(stateOf(world.state, action.server) !== null, 'it is in the pool');
      world.probes = [...world.probes, action.server];
      break;
  }
}

/** First come, first served, as far as the server can do it. */
function checkTurn(
  { queue, state, now }: World,
  { task, server }: PoolAction & { type: 'grant-lease' },
): void {
  const first = queue.find((place) => canDo(state, server, place));
  assert.equal(task, first?.task, 'first come, first served');
  assert.ok((first?.deadline ?? 0) > now, 'who is late gets nothing');
}

function canDo({ servers }: PoolState, id: string, { remotes }: Place): boolean {
  return remotes.includes(id) || servers.some((server) => server.id === id && server.kind === 'own');
}

/**
 * In the very step in which it took a task a server may begin to drain, but not before; unless it drained only because
 * fewer were needed, and was needed after all for this task alone.
 */
function checkGrant({ state, before }: World, server: string): void {
  const name = stateOf(state, server);
  if (name === 'ready') return;
  assert.equal(name, 'draining', 'a lease is of a ready server');
  const was = before.servers.find(({ id }) => id === server)?.state;
  const wasSpare = was?.name === 'draining' && was.why === 'scale-down';
  assert.ok(wasSpare || was?.name === 'ready' || was?.name === 'starting', 'it was not leaving for good');
}

function checkRefusal(world: World, refusal: PoolAction & { type: 'refuse-task' }): void {
  const place = world.queue.find(({ task }) => task === refusal.task);
  assert.ok(place !== undefined, 'only who waits is refused');
  switch (refusal.reason) {
    case 'deadline':
      assert.ok(place.deadline <= world.now);
      break;
    case 'queue-full':
      assert.ok(world.queue.indexOf(place) >= world.limits.maxWaiting);
      break;
    case 'stopping':
      assert.ok(world.stopping);
      break;
    case 'no-server':
      assert.notEqual(refusal.why, '');
      assert.equal(world.processes.size, 0, 'nobody was there who might have served');
      assert.ok(
        !world.state.servers.some(({ id, state }) => state.name === 'ready' && canDo(world.state, id, place)),
      );
      break;
  }
}

function checkStart(world: World, server: string): void {
  assert.ok(stateOf(world.state, server) !== null, 'it is in the pool');
  assert.ok(!world.processes.has(server), 'one life at a time');
  const phases = [...world.processes.values()];
  assert.ok(phases.includes('up') || !phases.includes('starting'), 'the first start goes alone');
  const rested = world.now - (world.failedAt.get(server) ?? Number.NEGATIVE_INFINITY);
  assert.ok(rested >= world.limits.restart.baseMs, 'a failed server rests');
  assert.ok(!world.stopping);
}

/** What the pool believes is what is so. */
function checkBooks(world: World): void {
  assert.deepEqual(
    world.state.waiting.map(({ task }) => task),
    world.queue.map(({ task }) => task),
  );
  for (const { id, kind, state } of world.state.servers) {
    const believed = 'tasks' in state ? state.tasks : [];
    const leased = [...world.leases].filter(([, server]) => server === id).map(([task]) => task);
    assert.deepEqual(believed, leased);
    if (kind === 'own') assert.equal(world.processes.get(id), phaseOf(state.name));
    else assert.ok(['starting', 'ready', 'failed'].includes(state.name));
  }
  const own = world.state.servers.filter(({ kind }) => kind === 'own').map(({ id }) => id);
  for (const id of world.processes.keys()) assert.ok(own.includes(id), 'no process is forgotten');
  for (const id of world.leases.values())
    assert.ok(stateOf(world.state, id) !== null, 'no task is forgotten');
}

function checkBounds({ state, limits, queue, processes, leases, now }: World): void {
  assert.ok(processes.size <= limits.maxServers);
  assert.ok(queue.length <= limits.maxWaiting);
  const hopeless = state.servers.every((server) => server.state.name === 'given-up');
  assert.ok(queue.length === 0 || !hopeless, 'nobody waits for ever');
  for (const { deadline } of queue) assert.ok(deadline > now);
  for (const server of state.servers) {
    const running = [...leases.values()].filter((id) => id === server.id).length;
    assert.ok(running <= limits.sessionsPerServer);
    const idle =
      server.state.name === 'ready' && !server.state.isDoubted && running < limits.sessionsPerServer;
    const isForNobody = !queue.some((place) => canDo(state, server.id, place));
    assert.ok(isForNobody || !idle, 'nobody waits while a server is free');
  }
}

/** Nobody leaves who is needed; only where the maximum leaves no room the replacement comes after. */
function checkDepartures(world: World): void {
  const { state, before, limits } = world;
  const left = state.servers.flatMap((server) => {
    const was = stateOf(before, server.id);
    const leaving = server.state.name === 'draining' || server.state.name === 'stopping';
    const served = was === 'ready' || (was === 'starting' && server.state.name === 'draining');
    return served && leaving && server.state.why !== 'unresponsive' ? [server.state.why] : [];
  });
  if (world.stopping || left.length === 0) return;
  const ready = countReady(state);
  const replacedAfter = left.length === 1 && left[0] !== 'scale-down' && ready + 1 === limits.maxServers;
  assert.ok(replacedAfter || ready >= floorOf(world), 'the minimum stays');
  if (left.includes('scale-down') && limits.autoScale) checkRoom(world);
}

function checkRoom({ state, limits, queue }: World): void {
  const ready = state.servers.flatMap((server) => (server.state.name === 'ready' ? [server.state] : []));
  const load = ready.reduce((sum, { tasks }) => sum + tasks.length, queue.length);
  assert.ok(load === 0 || load < limits.scaleUpAt * limits.sessionsPerServer * ready.length);
}

/** All that can be done now has been done, and nothing comes up by itself before the time that is foretold. */
function checkRest({ state, limits, now }: World): void {
  const wake = nextWake(state, limits, now);
  assert.ok(wake === null || wake > now);
  const later = wake === null ? now + 86_400_000 : wake - 1;
  for (const at of [now, (now + later) / 2, later]) {
    const step = advancePool(state, { type: 'tick' }, { limits, now: at });
    assert.equal(step.actions.length, 0);
    assert.equal(step.state, state);
  }
}

function leaveQueue(world: World, task: string, fate: Fate): void {
  assert.equal(world.fates.get(task), 'waiting');
  world.queue = world.queue.filter((place) => place.task !== task);
  world.fates.set(task, fate);
}

function endLease(world: World, task: string, fate: Fate): void {
  assert.equal(world.fates.get(task), 'running');
  world.leases.delete(task);
  world.fates.set(task, fate);
}

function countReady(state: PoolState): number {
  return state.servers.filter((server) => server.kind === 'own' && server.state.name === 'ready').length;
}

function stateOf(state: PoolState, id: string): string | null {
  return state.servers.find((server) => server.id === id)?.state.name ?? null;
}

function phaseOf(name: PoolState['servers'][number]['state']['name']): Phase | undefined {
  switch (name) {
    case 'starting':
      return 'starting';
    case 'ready':
    case 'draining':
      return 'up';
    case 'stopping':
      return 'dying';
    case 'failed':
    case 'given-up':
      return undefined;
  }
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
