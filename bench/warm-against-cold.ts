/** A delegated answer from the warm server against `opencode run` of the same prompt, in the same run. */
import { runOpenCodeCold } from '../src/simulation/run-opencode-cold.ts';
import type { BenchHome } from './bench-home.ts';
import { timeTask } from './delegate.ts';
import { median, type Summary, summarise } from './statistics.ts';

const PROMPT = 'Where is the price of an item formatted?';

export type WarmAgainstCold = {
  readonly warmMs: Summary;
  readonly coldMs: Summary;
  readonly lessPercent: number;
};

export async function measureWarmAgainstCold(home: BenchHome): Promise<WarmAgainstCold> {
  home.providers.google.on({ answer: { text: 'In money.js.' } });
  await home.warm();
  const warm: number[] = [];
  const cold: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    cold.push(
      (await runOpenCodeCold({ home: home.home, model: 'google/gemini-3-flash', prompt: PROMPT })).durationMs,
    );
    for (let call = 0; call < 3; call += 1) warm.push(await timeTask(home, { prompt: PROMPT }));
  }
  const lessPercent = Math.round((1 - median(warm) / median(cold)) * 1_000) / 10;
  return { warmMs: summarise(warm), coldMs: summarise(cold), lessPercent };
}
