import { type Simulation, startSimulation } from '../src/simulation/simulation.ts';

/** Providers that answer after this time, and a HOME that knows no others. */
export async function withSimulation<T>(
  work: (simulation: Simulation) => Promise<T>,
  delayMs = 0,
): Promise<T> {
  const simulation = await startSimulation({ prefix: 'omcm-bench' });
  simulation.providers.google.on({ answer: { text: 'In money.js.', ...(delayMs > 0 ? { delayMs } : {}) } });
  try {
    return await work(simulation);
  } finally {
    await simulation.stop();
  }
}
