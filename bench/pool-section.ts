/** What does the pool cost, and what do more servers bring? Each against the same server prompted directly. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningPool, startPool } from '../src/library/start-pool.ts';
import type { Simulation } from '../src/simulation/simulation.ts';
import { engineOn } from './direct-server.ts';
import { opencodeProgram, runBatch, timeWork, workIn } from './engine-work.ts';
import type { Findings, Section } from './section.ts';
import { median, summarise } from './statistics.ts';
import { withSimulation } from './with-simulation.ts';

const ROUNDS = 20;
const LIMIT_MS = 10;
const BATCHES = 3;
const BATCH = { tasks: 16, atOnce: 8 };
const MOST_SERVERS = 3;

export const poolSection: Section = {
  name: 'pool',
  about: 'what the pool costs, and what more servers bring',
  measure: () => withSimulation(measure),
};

async function measure(simulation: Simulation): Promise<Findings> {
  const running = await startPool({
    command: opencodeProgram(),
    env: simulation.home.env(),
    minServers: 1,
    maxServers: MOST_SERVERS,
    basePort: 14_850,
  });
  try {
    const failed = await running.pool.warm(simulation.home.projectDir);
    if (failed !== null) throw new Error(JSON.stringify(failed));
    const overhead = await measureOverhead(running, simulation);
    return {
      rows: overhead.rows,
      notes: [...overhead.notes, ...(await measureThroughput(running, simulation))],
    };
  } finally {
    await running.stop();
  }
}

/** In turn, so that a machine that slows down slows both. */
async function measureOverhead({ pool, engine }: RunningPool, simulation: Simulation): Promise<Findings> {
  const work = workIn(simulation);
  const held = await pool.lease(AbortSignal.timeout(60_000), { deadlineMs: 60_000, prefers: null, work });
  const direct = engineOn(held.host);
  const directMs: number[] = [];
  const pooledMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    directMs.push(await timeWork(direct, work));
    pooledMs.push(await timeWork(engine, work));
  }
  held.release();
  const differences = pooledMs.map((ms, round) => ms - (directMs[round] ?? 0));
  const measured = Math.round(median(differences) * 10) / 10;
  const say = (name: string, values: readonly number[]) => {
    const { min, median: middle, max, n } = summarise(values);
    return `${name.padEnd(36)}${middle} ms (${min} to ${max}, n ${n})`;
  };
  return {
    rows: [
      {
        figure: 'pool over a direct prompt, median',
        measured,
        limit: `<= ${LIMIT_MS} ms`,
        holds: measured <= LIMIT_MS,
      },
    ],
    notes: [say('prompted directly', directMs), say('through the pool', pooledMs)],
  };
}

async function measureThroughput(running: RunningPool, simulation: Simulation): Promise<readonly string[]> {
  const { pool, engine } = running;
  const work = workIn(simulation);
  const held = await pool.lease(AbortSignal.timeout(60_000), { deadlineMs: 60_000, prefers: null, work });
  const direct = engineOn(held.host);
  const notes: string[] = [];
  for (let servers = 1; servers <= MOST_SERVERS; servers += 1) {
    await scaleTo(running, servers, simulation.home.projectDir);
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const baseline = await runBatch(() => timeWork(direct, work), BATCH);
      const pooled = await runBatch(() => timeWork(engine, work), BATCH);
      rates.push(pooled.perSecond);
      ratios.push(pooled.perSecond / baseline.perSecond);
    }
    const ratio = Math.round(median(ratios) * 100) / 100;
    notes.push(
      `${`${servers} server(s), ${BATCH.atOnce} tasks at once`.padEnd(36)}${median(rates)} tasks/s, ${ratio} × one server prompted directly`,
    );
  }
  held.release();
  return notes;
}

async function scaleTo({ pool }: RunningPool, servers: number, directory: string): Promise<void> {
  pool.scale(servers);
  while (pool.status().servers.filter(({ state }) => state === 'ready').length < servers) await sleep(100);
  await pool.warm(directory);
}
