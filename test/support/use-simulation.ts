import { onTestFinished } from 'vitest';
import type { IsolatedHomeOptions } from '../../src/simulation/isolated-home.ts';
import {
  type SimulatedProviders,
  startSimulatedProviders,
} from '../../src/simulation/simulated-providers.ts';
import { type Simulation, startSimulation } from '../../src/simulation/simulation.ts';

/** Gone when the test is over, whether it passed or not. */
export async function useSimulation(
  options: Omit<IsolatedHomeOptions, 'providers'> = {},
): Promise<Simulation> {
  const simulation = await startSimulation(options);
  onTestFinished(() => simulation.stop());
  return simulation;
}

export async function useSimulatedProviders(): Promise<SimulatedProviders> {
  const providers = await startSimulatedProviders();
  onTestFinished(() => providers.stop());
  return providers;
}
