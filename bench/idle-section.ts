/** What does a daemon cost that has nothing to do? Once without a server, and once with the one that a task has left. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchHome, withBenchHome } from './bench-home.ts';
import { timeTask } from './delegate.ts';
import { atMost, type Section } from './section.ts';

/** What a start leaves to be done later is done by then. */
const SETTLE_MS = 10_000;
const WATCH_MS = 30_000;
/** USER_HZ, by which /proc counts; 100 on every Linux of today. */
const TICKS_PER_SECOND = 100;

export const IDLE: Section = {
  name: 'idle',
  about: 'a daemon with nothing to do',
  measure: () => withBenchHome(measure),
};

async function measure(bench: BenchHome) {
  bench.providers.google.on({ answer: { text: 'In money.js.' } });
  await bench.start();
  const alone = await watch(bench);
  await timeTask(bench, { prompt: 'Where is the price of an item formatted?' });
  const withServer = await watch(bench);
  return {
    rows: [
      atMost('idle, processor', alone.cpuPercent, [0.5, '%']),
      atMost('idle, memory', alone.rssMb, [90, 'MB']),
      atMost('idle beside a warm server, processor', withServer.cpuPercent, [0.5, '%']),
      atMost('idle beside a warm server, memory', withServer.rssMb, [90, 'MB']),
    ],
    notes: [
      `${WATCH_MS / 1_000} s each, after ${SETTLE_MS / 1_000} s of rest; in steps of ${stepPercent()} %`,
    ],
  };
}

async function watch(bench: BenchHome): Promise<{ readonly cpuPercent: number; readonly rssMb: number }> {
  // Asking is work too, so it is asked only before.
  const { pid } = await bench.status();
  await sleep(SETTLE_MS);
  const before = await readTicks(pid);
  const startedAt = performance.now();
  await sleep(WATCH_MS);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuPercent = ((await readTicks(pid)) - before) / TICKS_PER_SECOND / seconds;
  return { cpuPercent: Math.round(cpuPercent * 10_000) / 100, rssMb: await readRssMb(pid) };
}

function stepPercent(): number {
  return Math.round((100 / TICKS_PER_SECOND / (WATCH_MS / 1_000)) * 1_000) / 1_000;
}

/** User and system, without what children took. The second field is a name in brackets, in which anything may stand. */
async function readTicks(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function readRssMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  return Math.round((kib * 1_024) / 100_000) / 10;
}
