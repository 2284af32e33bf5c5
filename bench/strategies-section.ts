/** The three ways to OpenCode side by side: from nothing to the first answer, and to each next one. */
import { join } from 'node:path';
import { createAcpEngine } from '../src/adapters/opencode/acp/create-acp-engine.ts';
import { createRunEngine } from '../src/adapters/opencode/run/create-run-engine.ts';
import type { Engine } from '../src/core/delegation/engine.ts';
import type { Strategy } from '../src/core/strategy/strategy.ts';
import { createConversations } from '../src/daemon/delegation/conversations.ts';
import { startPool } from '../src/library/start-pool.ts';
import type { Simulation } from '../src/simulation/simulation.ts';
import { opencodeProgram, timeWork, workIn } from './engine-work.ts';
import type { Section } from './section.ts';
import { summarise } from './statistics.ts';
import { withSimulation } from './with-simulation.ts';

const NEXT = 5;

export const strategiesSection: Section = {
  name: 'strategies',
  about: 'serve, acp and run side by side',
  measure: () =>
    withSimulation(async (simulation) => {
      const notes: string[] = [];
      for (const strategy of ['serve', 'acp', 'run'] as const)
        notes.push(await measure(strategy, simulation));
      return { rows: [], notes };
    }),
};

type Running = { readonly engine: Engine; readonly stop: () => Promise<void> };

async function measure(strategy: Strategy, simulation: Simulation): Promise<string> {
  const work = workIn(simulation);
  const startedAt = performance.now();
  const { engine, stop } = await start(strategy, simulation);
  try {
    await timeWork(engine, work);
    const first = Math.round(performance.now() - startedAt);
    const next: number[] = [];
    for (let n = 0; n < NEXT; n += 1) next.push(await timeWork(engine, work));
    const { min, median, max, n } = summarise(next);
    return `${strategy.padEnd(36)}first answer ${first} ms, each next ${median} ms (${min} to ${max}, n ${n})`;
  } finally {
    await stop();
  }
}

async function start(strategy: Strategy, { home }: Simulation): Promise<Running> {
  const env = home.env();
  const command = opencodeProgram();
  if (strategy === 'serve') return startPool({ command, env, maxServers: 1, basePort: 14_880 });
  const options = {
    command,
    args: [],
    env,
    databaseFile: join(home.root, `${strategy}.db`),
    startTimeoutMs: 60_000,
    stallTimeoutMs: () => 60_000,
    conversations: createConversations(),
  };
  if (strategy === 'run') return { engine: createRunEngine(options), stop: async () => undefined };
  const engine = createAcpEngine(options);
  return { engine, stop: engine.stop };
}
