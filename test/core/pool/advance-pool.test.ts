import { describe, expect, it } from 'vitest';
import type { PoolLimits } from '../../../src/core/pool/pool-limits.ts';
import { playPool } from './play-pool.ts';

/** So many servers, all ready. */
function playReady(servers: number, limits: Partial<PoolLimits> = {}) {
  const pool = playPool({ minServers: servers, ...limits });
  pool.pass(0);
  for (let i = 1; i <= servers; i += 1) pool.started(`server-${i}`, 4095 + i);
  return pool;
}

describe('a pool that starts', () => {
  it('starts its minimum: the first alone, the others when that has shown that it can', () => {
    const pool = playPool({ minServers: 3 });
    expect(pool.pass(0)).toEqual(['start server-1']);
    expect(pool.pass(1_000)).toEqual([]);
    expect(pool.started('server-1')).toEqual(['start server-2', 'start server-3']);
  });

  it('starts nothing before it is used, where the minimum is none', () => {
    const pool = playPool({ minServers: 0 });
    expect(pool.pass(0)).toEqual([]);
    expect(pool.arrive('t1')).toEqual(['start server-1']);
    expect(pool.arrive('t2')).toEqual([]);
    expect(pool.started('server-1')).toEqual(['grant t1 on server-1', 'grant t2 on server-1']);
  });

  it('keeps the port of a server', () => {
    const pool = playReady(2);
    expect(pool.state().servers.map(({ port }) => port)).toEqual([4096, 4097]);
  });
});

describe('tasks', () => {
  it('are dealt out in turn', () => {
    const pool = playReady(3);
    const granted = ['t1', 't2', 't3', 't4'].map((task) => pool.arrive(task)[0]);
    expect(granted.map((action) => action?.slice(-1))).toEqual(['1', '2', '3', '1']);
  });

  it('go where their conversation is, and leave the turn as it was', () => {
    const pool = playReady(3);
    expect(pool.arrive('t1', 600_000, 'server-3')).toEqual(['grant t1 on server-3']);
    expect(pool.arrive('t2')).toEqual(['grant t2 on server-1']);
  });

  it('get the slot that becomes free in the same step, the first that came first', () => {
    const pool = playReady(1, { maxServers: 1, sessionsPerServer: 1 });
    pool.arrive('t1');
    expect(pool.arrive('t2')).toEqual([]);
    expect(pool.arrive('t3')).toEqual([]);
    expect(pool.release('t1', 'server-1')).toEqual(['grant t2 on server-1']);
    expect(pool.arrive('t4')).toEqual([]);
    expect(pool.release('t2', 'server-1')).toEqual(['grant t3 on server-1']);
  });

  it('are refused beyond the length of the queue', () => {
    const pool = playReady(1, { maxServers: 1, sessionsPerServer: 1, maxWaiting: 1 });
    pool.arrive('t1');
    pool.arrive('t2');
    expect(pool.arrive('t3')).toEqual(['refuse t3: queue-full']);
    expect(pool.release('t1', 'server-1')).toEqual(['grant t2 on server-1']);
  });

  it('are granted at once without any queue, where a server is free', () => {
    const pool = playReady(1, { maxWaiting: 0 });
    expect(pool.arrive('t1')).toEqual(['grant t1 on server-1']);
  });

  it('do not wait beyond their deadline', () => {
    const pool = playReady(1, { maxServers: 1, sessionsPerServer: 1 });
    pool.arrive('t1');
    pool.arrive('t2', 5_000);
    expect(pool.pass(4_999)).toEqual([]);
    expect(pool.pass(1)).toEqual(['refuse t2: deadline']);
  });

  it('that are late get no server, though one is free', () => {
    const pool = playReady(1);
    expect(pool.arrive('t1', 0)).toEqual(['refuse t1: deadline']);
  });

  it('leave the queue when they are cancelled', () => {
    const pool = playReady(1, { maxServers: 1, sessionsPerServer: 1 });
    for (const task of ['t1', 't2', 't3']) pool.arrive(task);
    expect(pool.tell({ type: 'task-cancelled', task: 't2' })).toEqual([]);
    expect(pool.release('t1', 'server-1')).toEqual(['grant t3 on server-1']);
  });

  it('that come twice are one', () => {
    const pool = playReady(1, { maxServers: 1, sessionsPerServer: 2 });
    pool.arrive('t1');
    expect(pool.arrive('t1')).toEqual([]);
    for (const task of ['t2', 't3', 't3']) pool.arrive(task);
    expect(pool.state().waiting.map(({ task }) => task)).toEqual(['t3']);
  });

  it('are counted once, however often they are released', () => {
    const pool = playReady(1);
    pool.arrive('t1');
    pool.release('t1', 'server-1');
    const { servers } = pool.state();
    pool.release('t1', 'server-1');
    expect(pool.state().servers).toEqual(servers);
  });
});

describe('scaling', () => {
  it('starts one server at 80 %, and one only', () => {
    const pool = playReady(1, { sessionsPerServer: 5 });
    for (const task of ['t1', 't2', 't3']) expect(pool.arrive(task)).toHaveLength(1);
    expect(pool.arrive('t4')).toEqual(['start server-2', 'grant t4 on server-1']);
    expect(pool.arrive('t5')).toEqual(['grant t5 on server-1']);
    expect(pool.arrive('t6')).toEqual([]);
  });

  it('starts as many as those that wait need', () => {
    const pool = playReady(1, { sessionsPerServer: 1 });
    expect(pool.arrive('t1')).toEqual(['start server-2', 'grant t1 on server-1']);
    expect(pool.arrive('t2')).toEqual(['start server-3']);
    for (const task of ['t3', 't4', 't5', 't6']) pool.arrive(task);
    expect(pool.states().match(/starting/g)).toHaveLength(4);
  });

  it('stops one server a minute while the load is low', () => {
    const pool = playPool({ minServers: 1, sessionsPerServer: 1, probeEveryMs: 1e9 });
    pool.pass(0);
    pool.started('server-1');
    for (const task of ['t1', 't2', 't3']) pool.arrive(task);
    for (const id of ['server-2', 'server-3', 'server-4']) pool.started(id);
    for (const n of [1, 2, 3]) pool.release(`t${n}`, `server-${n}`);
    expect(pool.pass(59_999)).toEqual([]);
    expect(pool.pass(1)).toEqual(['stop server-4: scale-down']);
    pool.exited('server-4');
    expect(pool.pass(59_999)).toEqual([]);
    expect(pool.pass(1)).toEqual(['stop server-3: scale-down']);
    pool.exited('server-3');
    expect(pool.pass(60_000)).toEqual(['stop server-2: scale-down']);
    pool.exited('server-2');
    expect(pool.pass(3_600_000)).toEqual([]);
    expect(pool.states()).toBe('server-1 ready');
  });

  it('is not put off by a trickle of tasks', () => {
    const pool = playReady(1, { sessionsPerServer: 10 });
    const burst = Array.from({ length: 8 }, (_, i) => `burst-${i}`);
    for (const task of burst) pool.arrive(task);
    pool.started('server-2');
    for (const task of burst) pool.release(task, 'server-1');
    const seen = Array.from({ length: 6 }, (_, i) => {
      const granted = pool.arrive(`t${i}`);
      return [...granted, ...pool.pass(10_000), ...pool.release(`t${i}`, i % 2 ? 'server-1' : 'server-2')];
    });
    expect(seen.flat()).toContain('stop server-2: scale-down');
  });

  it('drains a server that has a task, and takes it back when it is needed again', () => {
    const pool = playPool({ sessionsPerServer: 10 });
    pool.tell({ type: 'scale-asked', servers: 2 });
    pool.started('server-1');
    pool.started('server-2');
    pool.arrive('t1');
    pool.arrive('t2');
    expect(pool.tell({ type: 'scale-asked', servers: 1 })).toEqual([]);
    expect(pool.states()).toBe('server-1 ready, server-2 draining');
    for (let i = 3; i < 9; i += 1) expect(pool.arrive(`t${i}`)).toEqual([`grant t${i} on server-1`]);
    expect(pool.states()).toBe('server-1 ready, server-2 draining');
    pool.arrive('t9');
    expect(pool.states()).toBe('server-1 ready, server-2 ready');
  });

  it('holds what was asked for until something else is', () => {
    const pool = playReady(1);
    expect(pool.tell({ type: 'scale-asked', servers: 9 })).toHaveLength(4);
    for (const n of [2, 3, 4, 5]) pool.started(`server-${n}`);
    pool.pass(3_600_000);
    expect(pool.states().match(/ready/g)).toHaveLength(5);
    expect(pool.tell({ type: 'scale-asked', servers: 0 })).toHaveLength(4);
    expect(pool.states().match(/ready/g)).toHaveLength(1);
  });

  it('gives up a start that is not needed any more', () => {
    const pool = playReady(1);
    pool.tell({ type: 'scale-asked', servers: 2 });
    expect(pool.tell({ type: 'scale-asked', servers: 1 })).toEqual(['stop server-2: scale-down']);
    expect(pool.started('server-2')).toEqual([]);
    pool.exited('server-2');
    expect(pool.states()).toBe('server-1 ready');
  });
});

describe('limits that contradict themselves', () => {
  it('do not have the pool go round for ever', () => {
    const pool = playPool({ minServers: 0.5, scaleDownAfterMs: 0 });
    pool.pass(0);
    pool.arrive('t1');
    expect(pool.started('server-1')).toEqual(['grant t1 on server-1']);
  });
});

describe('a server that dies', () => {
  it('loses its tasks, and starts again after a rest', () => {
    const pool = playReady(1);
    pool.arrive('t1');
    pool.arrive('t2');
    expect(pool.exited('server-1')).toEqual(['lost t1 on server-1', 'lost t2 on server-1']);
    expect(pool.release('t1', 'server-1')).toEqual([]);
    expect(pool.arrive('t3')).toEqual([]);
    expect(pool.pass(999)).toEqual([]);
    expect(pool.pass(1)).toEqual(['start server-1']);
    expect(pool.started('server-1', 4097)).toEqual(['grant t3 on server-1']);
  });

  it('rests longer each time', () => {
    const pool = playReady(1, { giveUpAfter: 4 });
    pool.exited('server-1');
    for (const rest of [1_000, 2_000, 4_000]) {
      expect(pool.pass(rest - 1)).toEqual([]);
      expect(pool.pass(1)).toEqual(['start server-1']);
      pool.startFailed('server-1');
    }
    expect(pool.states()).toBe('server-1 given-up');
  });

  it('is given up though it starts each time, when it dies before it has proved itself', () => {
    const pool = playReady(1);
    for (const rest of [1_000, 2_000]) {
      pool.exited('server-1');
      pool.pass(rest);
      pool.started('server-1');
    }
    pool.exited('server-1');
    expect(pool.states()).toBe('server-1 given-up');
  });

  it.each([
    ['a task', (pool: ReturnType<typeof playReady>) => pool.arrive('t') && pool.release('t', 'server-1')],
    ['a while', (pool: ReturnType<typeof playReady>) => pool.pass(30_000)],
  ])('has its failures forgotten after %s', (_what, prove) => {
    const pool = playReady(1);
    for (let i = 0; i < 9; i += 1) {
      pool.exited('server-1');
      expect(pool.pass(1_000)).toEqual(['start server-1']);
      pool.started('server-1');
      prove(pool);
    }
  });

  it('while it drains is gone for good', () => {
    const pool = playReady(1, { maxServers: 1 });
    pool.arrive('t1');
    pool.tell({ type: 'recycle-asked', server: 'server-1' });
    expect(pool.exited('server-1')).toEqual(['lost t1 on server-1', 'start server-2']);
  });

  it('has those that wait refused with its reason when nothing else can serve', () => {
    const pool = playPool({ giveUpAfter: 1 });
    pool.pass(0);
    pool.arrive('t1');
    pool.arrive('t2');
    const refusals = ['refuse t1: no-server (ENOENT)', 'refuse t2: no-server (ENOENT)'];
    expect(pool.startFailed('server-1', 'ENOENT')).toEqual(refusals);
    expect(pool.arrive('t3')).toEqual(['refuse t3: no-server (ENOENT)']);
  });

  it('is tried once more after a long rest', () => {
    const pool = playPool({ giveUpAfter: 1 });
    pool.pass(0);
    pool.startFailed('server-1');
    expect(pool.pass(600_000)).toEqual(['start server-1']);
    expect(pool.arrive('t1')).toEqual([]);
    expect(pool.startFailed('server-1', 'again')).toEqual(['refuse t1: no-server (again)']);
  });
});

describe('a server that is silent', () => {
  it('is asked every 30 s, and only then', () => {
    const pool = playReady(1);
    expect(pool.pass(29_999)).toEqual([]);
    expect(pool.pass(1)).toEqual(['probe server-1']);
    expect(pool.pass(1)).toEqual([]);
  });

  it('is stopped after three probes in a row, and starts again when it is gone', () => {
    const pool = playReady(1);
    pool.arrive('t1');
    pool.probeFailed('server-1');
    pool.probeFailed('server-1');
    pool.probeOk('server-1');
    pool.probeFailed('server-1');
    expect(pool.probeFailed('server-1')).toEqual([]);
    expect(pool.probeFailed('server-1')).toEqual([
      'lost t1 on server-1',
      'stop server-1: unresponsive',
      'start server-2',
    ]);
    pool.exited('server-1');
    expect(pool.states()).toBe('server-1 failed, server-2 starting');
  });

  it('is asked again every 5 s, and takes no task until it has answered', () => {
    const pool = playReady(1, { maxServers: 1 });
    pool.pass(30_000);
    pool.probeFailed('server-1');
    expect(pool.arrive('t1')).toEqual([]);
    expect(pool.pass(4_999)).toEqual([]);
    expect(pool.pass(1)).toEqual(['probe server-1']);
    expect(pool.probeOk('server-1')).toEqual(['grant t1 on server-1']);
    expect(pool.arrive('t2')).toEqual(['grant t2 on server-1']);
  });

  it('towards a task is asked at once, and the others take its tasks', () => {
    const pool = playReady(2);
    expect(pool.arrive('t1')).toEqual(['grant t1 on server-1']);
    expect(pool.tell({ type: 'server-suspected', server: 'server-1' })).toEqual(['probe server-1']);
    pool.release('t1', 'server-1');
    expect(['t2', 't3'].map((task) => pool.arrive(task)[0])).toEqual([
      'grant t2 on server-2',
      'grant t3 on server-2',
    ]);
  });

  it('may be about to die, where another one just has', () => {
    const pool = playReady(3, { maxServers: 3 });
    expect(pool.exited('server-1')).toEqual(['probe server-2', 'probe server-3']);
    expect(pool.arrive('t1')).toEqual([]);
    expect(pool.exited('server-2')).toEqual(['probe server-3']);
    expect(pool.probeOk('server-3')).toEqual(['grant t1 on server-3']);
  });

  it('while it drains is stopped, and gone for good', () => {
    const pool = playReady(2, { maxProbesFailed: 1, maxServers: 2 });
    pool.arrive('t1');
    pool.tell({ type: 'recycle-asked', server: 'server-1' });
    expect(pool.probeFailed('server-1')).toEqual(['lost t1 on server-1', 'stop server-1: unresponsive']);
    expect(pool.exited('server-1')).toEqual(['start server-3']);
  });

  it('keeps the memory that was measured last', () => {
    const pool = playReady(1);
    pool.probeOk('server-1', 500);
    pool.probeOk('server-1', null);
    expect(pool.state().servers[0]?.state).toMatchObject({ rssBytes: 500 });
  });
});

describe('recycling', () => {
  it('has the replacement ready first, and cuts no task', () => {
    const pool = playReady(1, { maxRssBytes: 1_000 });
    pool.arrive('t1');
    expect(pool.probeOk('server-1', 1_000)).toEqual(['start server-2']);
    expect(pool.arrive('t2')).toEqual(['grant t2 on server-1']);
    expect(pool.started('server-2')).toEqual([]);
    expect(pool.states()).toBe('server-1 draining, server-2 ready');
    expect(pool.arrive('t3')).toEqual(['grant t3 on server-2']);
    expect(pool.release('t1', 'server-1')).toEqual([]);
    expect(pool.release('t2', 'server-1')).toEqual(['stop server-1: memory']);
    pool.exited('server-1');
    expect(pool.states()).toBe('server-2 ready');
  });

  it('comes before the replacement where the maximum leaves no room', () => {
    const pool = playReady(1, { maxServers: 1, maxAgeMs: 10_000 });
    expect(pool.pass(10_000)).toEqual(['stop server-1: age']);
    expect(pool.arrive('t1')).toEqual([]);
    expect(pool.exited('server-1')).toEqual(['start server-2']);
    expect(pool.started('server-2')).toEqual(['grant t1 on server-2']);
  });

  it('goes through all servers one by one when a person asks for it', () => {
    const pool = playReady(2);
    expect(pool.tell({ type: 'recycle-asked', server: 'all' })).toEqual(['start server-3']);
    expect(pool.started('server-3')).toEqual(['start server-4', 'stop server-1: recycle']);
    expect(pool.started('server-4')).toEqual(['stop server-2: recycle']);
    pool.exited('server-1');
    pool.exited('server-2');
    expect(pool.states()).toBe('server-3 ready, server-4 ready');
  });

  it('goes by the number of tasks, the last of which is still granted', () => {
    const pool = playReady(1, { maxServers: 1, maxTasks: 2 });
    pool.arrive('t1');
    expect(pool.arrive('t2')).toEqual(['grant t2 on server-1']);
    expect(pool.arrive('t3')).toEqual([]);
    pool.release('t1', 'server-1');
    expect(pool.release('t2', 'server-1')).toEqual(['stop server-1: tasks']);
  });

  it('has a server that was given up forgotten, and a new one started at once', () => {
    const pool = playPool({ giveUpAfter: 1 });
    pool.pass(0);
    pool.startFailed('server-1');
    expect(pool.tell({ type: 'recycle-asked', server: 'server-1' })).toEqual(['start server-2']);
    expect(pool.states()).toBe('server-2 starting');
  });

  it('keeps the only server that works when its replacement does not start', () => {
    const pool = playReady(1, { maxServers: 2, maxAgeMs: 10_000, giveUpAfter: 1 });
    expect(pool.pass(10_000)).toEqual(['start server-2']);
    pool.startFailed('server-2');
    pool.pass(60_000);
    expect(pool.arrive('t1')).toEqual(['grant t1 on server-1']);
  });
});

describe('a remote', () => {
  it('is asked before it is used, and never started', () => {
    const pool = playPool({ minServers: 0, maxServers: 0 }, ['far']);
    expect(pool.arrive('t1')).toEqual(['probe far']);
    expect(pool.probeOk('far')).toEqual(['grant t1 on far']);
  });

  it('takes its turn beside own servers', () => {
    const pool = playPool({}, ['far']);
    pool.pass(0);
    pool.started('server-1');
    pool.probeOk('far');
    expect([pool.arrive('t1'), pool.arrive('t2')]).toEqual([['grant t1 on far'], ['grant t2 on server-1']]);
  });

  it('that falls silent loses its tasks, and is asked again and again', () => {
    const pool = playPool({ minServers: 0, maxServers: 0 }, ['far']);
    pool.pass(0);
    pool.probeOk('far');
    pool.arrive('t1');
    pool.probeFailed('far');
    pool.probeFailed('far');
    expect(pool.probeFailed('far')).toEqual(['lost t1 on far']);
    for (const rest of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      expect(pool.pass(rest - 1)).toEqual([]);
      expect(pool.pass(1)).toEqual(['probe far']);
      pool.probeFailed('far');
    }
    pool.pass(60_000);
    pool.probeOk('far');
    expect(pool.arrive('t2')).toEqual(['grant t2 on far']);
  });

  it('has nobody wait for it when it has been silent for long', () => {
    const pool = playPool({ minServers: 0, maxServers: 0, giveUpAfter: 1 }, ['far']);
    pool.pass(0);
    expect(pool.arrive('t1')).toEqual([]);
    expect(pool.probeFailed('far')).toEqual(['refuse t1: no-server (no answer in 1 s)']);
    expect(pool.pass(1_000)).toEqual(['probe far']);
    expect(pool.arrive('t2')).toEqual(['refuse t2: no-server (no answer in 1 s)']);
  });

  it('is not recycled and not stopped', () => {
    const pool = playPool({ minServers: 0, maxAgeMs: 1 }, ['far']);
    pool.pass(0);
    pool.probeOk('far');
    expect(pool.tell({ type: 'recycle-asked', server: 'all' })).toEqual([]);
    expect(pool.pass(10_000)).toEqual([]);
    expect(pool.tell({ type: 'stop-asked' })).toEqual([]);
    expect(pool.states()).toBe('far ready');
  });
});

describe('a pool that is asked to stop', () => {
  it('lets tasks end, refuses those that wait, and stops every server', () => {
    const pool = playReady(2, { maxServers: 3, sessionsPerServer: 1 });
    for (const task of ['t1', 't2', 't3']) pool.arrive(task);
    expect(pool.states()).toBe('server-1 ready, server-2 ready, server-3 starting');
    expect(pool.tell({ type: 'stop-asked' })).toEqual(['refuse t3: stopping', 'stop server-3: stop']);
    expect(pool.arrive('t4')).toEqual(['refuse t4: stopping']);
    expect(pool.release('t1', 'server-1')).toEqual(['stop server-1: stop']);
    expect(pool.exited('server-2')).toEqual(['lost t2 on server-2']);
    pool.exited('server-1');
    pool.startFailed('server-3', 'aborted');
    expect(pool.state().servers).toEqual([]);
    expect(pool.pass(3_600_000)).toEqual([]);
  });

  it('forgets servers that do not run', () => {
    const pool = playReady(1);
    pool.exited('server-1');
    pool.tell({ type: 'stop-asked' });
    expect(pool.state().servers).toEqual([]);
  });
});
