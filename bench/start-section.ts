/** From no daemon at all to the first answer. */
import { type BenchHome, withBenchHome } from './bench-home.ts';
import { timeTask } from './delegate.ts';
import type { Section } from './section.ts';
import { summarise } from './statistics.ts';

const ROUNDS = 3;
const PROMPT = 'Where is the price of an item formatted?';

export const startSection: Section = {
  name: 'start',
  about: 'from a cold daemon to the first answer',
  measure: () => withBenchHome(measure),
};

async function measure(bench: BenchHome) {
  bench.providers.google.on({ answer: { text: 'In money.js.' } });
  const daemon: number[] = [];
  const answer: number[] = [];
  const next: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await bench.start();
    daemon.push(performance.now() - startedAt);
    await timeTask(bench, { prompt: PROMPT });
    answer.push(performance.now() - startedAt);
    next.push(await timeTask(bench, { prompt: PROMPT }));
    await bench.stopDaemon();
  }
  const say = (name: string, values: readonly number[]) => {
    const { min, median, max, n } = summarise(values);
    return `${name.padEnd(36)}${median} ms (${min} to ${max}, n ${n})`;
  };
  return {
    rows: [],
    notes: [
      say('until the daemon answers', daemon),
      say('until the first task is answered', answer),
      say('the task after that', next),
    ],
  };
}
