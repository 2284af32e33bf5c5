import { type SimulatedProvider, startSimulatedProvider } from './simulated-provider.ts';

export interface SimulatedProviders {
  readonly anthropic: SimulatedProvider;
  readonly openai: SimulatedProvider;
  readonly google: SimulatedProvider;
  readonly stop: () => Promise<void>;
}

export async function startSimulatedProviders(): Promise<SimulatedProviders> {
  const [anthropic, openai, google] = await Promise.all([
    startSimulatedProvider('anthropic'),
    startSimulatedProvider('openai'),
    startSimulatedProvider('google'),
  ]);
  return {
    anthropic,
    openai,
    google,
    async stop() {
      await Promise.all([anthropic.stop(), openai.stop(), google.stop()]);
    },
  };
}
