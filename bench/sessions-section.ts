/** How many sessions does one server work on at once, and what does each of them pay for the others? */
import { join } from 'node:path';
import { launchDirect } from './direct-server.ts';
import { runBatch, timeWork, workIn } from './engine-work.ts';
import type { Findings, Section } from './section.ts';
import { median } from './statistics.ts';
import { withSimulation } from './with-simulation.ts';

const SESSIONS = [1, 4, 8, 16, 32] as const;
/** As long as a quick model thinks: with an instant one there is nothing to do at the same time. */
const MODEL_MS = 2_000;

export const sessionsSection: Section = {
  name: 'sessions',
  about: 'one server at 1 to 32 sessions',
  measure: async () => ({
    rows: [],
    notes: [...(await measure(MODEL_MS)).notes, ...(await measure(0)).notes],
  }),
};

function measure(modelMs: number): Promise<Findings> {
  return withSimulation(async (simulation) => {
    const server = await launchDirect(simulation, join(simulation.home.root, 'sessions.db'));
    const work = workIn(simulation);
    const notes: string[] = [];
    try {
      await timeWork(server.engine, work);
      for (const sessions of SESSIONS) {
        const took: number[] = [];
        const task = async () => took.push(await timeWork(server.engine, work));
        const { perSecond, errors } = await runBatch(task, {
          tasks: Math.max(2 * sessions, 4),
          atOnce: sessions,
        });
        notes.push(
          `model ${modelMs} ms, ${String(sessions).padStart(2)} sessions`.padEnd(36) +
            `${perSecond} tasks/s, ${Math.round(median(took))} ms each, ${errors.length} errors`,
        );
      }
    } finally {
      await server.stop();
    }
    return { rows: [], notes };
  }, modelMs);
}
