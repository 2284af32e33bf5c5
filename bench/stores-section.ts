/** Do servers under one HOME disturb each other through OpenCode's store? One for all against one for each. */
import { join } from 'node:path';
import type { Simulation } from '../src/simulation/simulation.ts';
import { type DirectServer, launchDirect } from './direct-server.ts';
import { type BatchResult, runBatch, timeWork, workIn } from './engine-work.ts';
import type { Section } from './section.ts';
import { withSimulation } from './with-simulation.ts';

const SERVERS = 3;
const BATCH = { tasks: 48, atOnce: 24 };
const ROUNDS = 3;

export const storesSection: Section = {
  name: 'stores',
  about: 'servers that share one store against servers with a store each',
  measure: () =>
    withSimulation(async (simulation) => {
      const { root } = simulation.home;
      const shared = await measure(simulation, () => join(root, 'shared.db'));
      const own = await measure(simulation, (place) => join(root, `own-${place}.db`));
      return { rows: [], notes: [say('one store for all', shared), say('a store for each', own)] };
    }),
};

async function measure(
  simulation: Simulation,
  storeOf: (place: number) => string,
): Promise<readonly BatchResult[]> {
  const servers: DirectServer[] = [];
  try {
    // One after another: the very first starts on a fresh store fail in one another's way.
    for (let place = 0; place < SERVERS; place += 1)
      servers.push(await launchDirect(simulation, storeOf(place)));
    const work = workIn(simulation);
    for (const { engine } of servers) await timeWork(engine, work);
    let next = 0;
    const task = async () => {
      next += 1;
      const server = servers[next % SERVERS];
      if (server !== undefined) await timeWork(server.engine, work);
    };
    const results: BatchResult[] = [];
    for (let round = 0; round < ROUNDS; round += 1) results.push(await runBatch(task, BATCH));
    return results;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function say(name: string, results: readonly BatchResult[]): string {
  const errors = results.flatMap((result) => result.errors);
  const first = errors[0] === undefined ? '' : `, first: ${errors[0].slice(0, 200)}`;
  const rates = results.map(({ perSecond }) => perSecond).join(', ');
  return `${name.padEnd(36)}${rates} tasks/s round by round, ${errors.length} errors of ${BATCH.tasks * ROUNDS}${first}`;
}
