/** Sixteen subagents at once: do all of them end, how much longer does it take, and what do they take of the daemon? */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchHome } from '../bench-home.ts';
import { playSubagents } from './play-subagents.ts';

const SUBAGENTS = 16;
const STEPS = 3;
const SAMPLE_MS = 20;

export type Crowd = {
  readonly subagents: number;
  readonly nativeMs: number;
  readonly ledMs: number;
  readonly peakOpen: number;
  readonly restMb: number;
  readonly peakMb: number;
  readonly mbPerSubagent: number;
};

export async function measureCrowd(home: BenchHome, prompt: string): Promise<Crowd> {
  const work = { prompt, steps: STEPS, subagents: SUBAGENTS };
  const native = await playSubagents(home, { ...work, ledBy: 'claude' });
  // The first time loads what the daemon keeps.
  await playSubagents(home, { ...work, subagents: 1, ledBy: 'gemini' });
  const { pid } = await home.status();
  const restMb = await readRssMb(pid);
  let isOver = false;
  let peakMb = 0;
  const watching = (async () => {
    for (; !isOver; await sleep(SAMPLE_MS)) peakMb = Math.max(peakMb, await readRssMb(pid));
  })();
  const led = await playSubagents(home, { ...work, ledBy: 'gemini' });
  isOver = true;
  await watching;
  return {
    subagents: SUBAGENTS,
    nativeMs: spanOf(native),
    ledMs: spanOf(led),
    peakOpen: mostAtOnce(led),
    restMb,
    peakMb,
    mbPerSubagent: Math.round(((peakMb - restMb) / SUBAGENTS) * 100) / 100,
  };
}

type Timed = { readonly at: number; readonly endedAt?: number };

function spanOf(requests: readonly Timed[]): number {
  return (
    Math.max(...requests.map(({ at, endedAt = at }) => endedAt)) - Math.min(...requests.map(({ at }) => at))
  );
}

function mostAtOnce(requests: readonly Timed[]): number {
  return Math.max(
    ...requests.map(({ at }) => requests.filter((one) => one.at <= at && (one.endedAt ?? at) >= at).length),
  );
}

async function readRssMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  return Math.round((kib * 1_024) / 100_000) / 10;
}
