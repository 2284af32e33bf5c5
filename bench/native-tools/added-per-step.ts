/**
 * What does a step take longer that another model answers?
 *
 *   added = (led by Gemini: end of an answer → next request at Gemini)
 *         − (led by Claude, without our plugin: end of an answer → next request at Anthropic)
 *
 * Between the two lie the way of the answer, the tool and the way of the next request; the models' own time does not.
 */
import type { JournaledRequest } from '../../src/simulation/journaled-request.ts';
import type { BenchHome } from '../bench-home.ts';
import { median, type Summary, summarise } from '../statistics.ts';
import { playSubagents } from './play-subagents.ts';

/** In turn, so that a machine that slows down slows both. With half as many of each, one run says 19 ms and the next 32. */
const ROUNDS = 10;
const STEPS = 22;
/** The first ones load what the later ones find loaded. */
const UNCOUNTED = 2;

export type AddedPerStep = {
  readonly nativeMs: Summary;
  readonly ledMs: Summary;
  /** The median of the rounds' differences of medians. */
  readonly addedMs: number;
  readonly addedByRoundMs: readonly number[];
  readonly bodyChars: number;
};

export async function measureAddedPerStep(home: BenchHome, prompt: string): Promise<AddedPerStep> {
  const rounds: { readonly native: readonly number[]; readonly led: readonly number[] }[] = [];
  let bodyChars = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const work = { prompt, steps: STEPS, subagents: 1 };
    const native = await playSubagents(home, { ...work, ledBy: 'claude' });
    const led = await playSubagents(home, { ...work, ledBy: 'gemini' });
    rounds.push({ native: gapsOf(native), led: gapsOf(led) });
    bodyChars = native.at(-1)?.bodyChars ?? 0;
  }
  const added = rounds.map(({ native, led }) => median(led) - median(native));
  return {
    nativeMs: summarise(rounds.flatMap(({ native }) => native)),
    ledMs: summarise(rounds.flatMap(({ led }) => led)),
    addedMs: tenth(median(added)),
    addedByRoundMs: added.map(tenth),
    bodyChars,
  };
}

function gapsOf(requests: readonly JournaledRequest[]): readonly number[] {
  const gaps = requests.slice(1).map(({ at }, before) => at - (requests[before]?.endedAt ?? at));
  return gaps.slice(UNCOUNTED);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
