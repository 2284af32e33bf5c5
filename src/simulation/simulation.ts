import { createIsolatedHome, type IsolatedHome, type IsolatedHomeOptions } from './isolated-home.ts';
import { type SimulatedProviders, startSimulatedProviders } from './simulated-providers.ts';

export interface Simulation {
  readonly providers: SimulatedProviders;
  readonly home: IsolatedHome;
  readonly stop: () => Promise<void>;
}

/** Simulated providers, and a HOME that knows no others. */
export async function startSimulation(
  options: Omit<IsolatedHomeOptions, 'providers'> = {},
): Promise<Simulation> {
  const providers = await startSimulatedProviders();
  try {
    const home = createIsolatedHome({ ...options, providers });
    return { providers, home, stop: () => stop(providers, home) };
  } catch (error) {
    await providers.stop();
    throw error;
  }
}

async function stop(providers: SimulatedProviders, home: IsolatedHome): Promise<void> {
  await providers.stop();
  home.cleanup();
}
