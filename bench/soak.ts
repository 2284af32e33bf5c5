/** `npm run soak [-- --minutes 30]`: a steady mixed load through the real daemon; fails where something grows. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type BenchHome, withBenchHome } from './bench-home.ts';
import { type Process, processesOf } from './processes.ts';
import { type Load, startLoad } from './soak/mixed-load.ts';
import { createWatch, type Sample, type Watch } from './soak/watch.ts';
import { median } from './statistics.ts';

/** Until then the code is compiled: what is held after it is the baseline. */
const WARM_UP_SHARE = 0.3;
const PROGRESS_MS = 10_000;
const SAMPLE_MS = 1_000;
const SAMPLES_AT_REST = 5;
/** An idle connection is kept for some seconds. */
const SETTLE_MS = 6_000;
const MAX_GROWTH_MB = 30;
const MAX_NEW_HANDLES = 4;
const AT_ONCE = 4;
const POOL = { minServers: 2, maxServers: 2, basePort: 14_800, maxTasks: 100, maxMemoryMb: 768 };

type Soaked = {
  readonly before: Sample;
  readonly after: Sample;
  readonly load: Load;
  readonly watch: Watch;
  readonly strays: readonly Process[];
};

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '2' } } });
const lengthMs = Number(values.minutes) * 60_000;
if (!(lengthMs >= 30_000)) throw new Error('--minutes takes a number from 0.5');
const collector = join(process.env.OMCM_ROOT ?? process.cwd(), 'bench', 'soak', 'collect-garbage.mjs');
process.exitCode = report(
  await withBenchHome(
    soak,
    { pool: POOL, permissions: { delegateWrites: 'allow' } },
    { NODE_OPTIONS: `--import=${collector}` },
  ),
);

async function soak(bench: BenchHome): Promise<Soaked> {
  await bench.warm();
  const watch = createWatch(bench, { maxServers: POOL.maxServers, serverMb: POOL.maxMemoryMb });
  const startedAt = Date.now();
  const load = startLoad(bench, AT_ONCE);
  await pass(watch, load, { startedAt, untilMs: lengthMs * WARM_UP_SHARE });
  const before = await rest(watch, load);
  tell(`baseline: ${describe(before)}`);
  load.goOn();
  await pass(watch, load, { startedAt, untilMs: lengthMs });
  const after = await rest(watch, load);
  await bench.stopDaemon();
  return { before, after, load, watch, strays: await processesOf(bench.home.home) };
}

type Stretch = { readonly startedAt: number; readonly untilMs: number };

async function pass(watch: Watch, load: Load, { startedAt, untilMs }: Stretch): Promise<void> {
  for (let toldAt = 0; Date.now() - startedAt < untilMs; await sleep(SAMPLE_MS)) {
    const sample = await watch.look();
    if (Date.now() - toldAt < PROGRESS_MS) continue;
    toldAt = Date.now();
    tell(`${Math.round((toldAt - startedAt) / 1_000)} s: ${load.done()} tasks; ${describe(sample)}`);
  }
}

async function rest(watch: Watch, load: Load): Promise<Sample> {
  await load.pause();
  await sleep(SETTLE_MS);
  await watch.collectGarbage();
  const samples: Sample[] = [];
  for (let n = 0; n < SAMPLES_AT_REST; n += 1) {
    samples.push(await watch.look());
    await sleep(SAMPLE_MS);
  }
  const middle = (of: (sample: Sample) => number) => median(samples.map(of));
  return {
    daemonMb: middle(({ daemonMb }) => daemonMb),
    handles: middle(({ handles }) => handles),
    servers: middle(({ servers }) => servers),
    largestServerMb: middle(({ largestServerMb }) => largestServerMb),
  };
}

function report({ before, after, load, watch, strays }: Soaked): number {
  const grownMb = after.daemonMb - before.daemonMb;
  const newHandles = after.handles - before.handles;
  const complaints = [...load.astray(), ...watch.breaches(), ...strays.map(({ command }) => command)];
  const rows = [
    ['memory the daemon holds', `${before.daemonMb} → ${after.daemonMb} MB`, grownMb <= MAX_GROWTH_MB],
    ['open handles', `${before.handles} → ${after.handles}`, newHandles <= MAX_NEW_HANDLES],
    ['tasks that ended as they should', load.done() - load.astray().length, load.astray().length === 0],
    ['breaches of the servers’ limits', watch.breaches().length, watch.breaches().length === 0],
    ['processes left at the end', strays.length, strays.length === 0],
  ] as const;
  tell(`\n${values.minutes} minutes, ${load.done()} tasks, ${watch.serversSeen()} servers one after another`);
  for (const [what, measured, holds] of rows)
    tell(`${what.padEnd(34)}${String(measured).padStart(18)}  ${holds ? 'holds' : 'MISSED'}`);
  for (const complaint of complaints) tell(`  ${complaint}`);
  return rows.every(([, , holds]) => holds) ? 0 : 1;
}

function describe({ daemonMb, handles, servers, largestServerMb }: Sample): string {
  return `daemon ${daemonMb} MB, ${handles} handles; ${servers} servers, the largest ${largestServerMb} MB`;
}

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}
