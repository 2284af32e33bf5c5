/** What does it cost to have tasks done through a queue, with tasks that take no time? On a Redis of the bench's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '../src/adapters/bullmq/connect-redis.ts';
import { createTaskQueue, type TaskQueue } from '../src/adapters/bullmq/task-queue.ts';
import { createTaskWorker } from '../src/adapters/bullmq/task-worker.ts';
import type { BatchTask } from '../src/core/scheduling/batch-task.ts';
import { planTasks } from '../src/core/scheduling/plan-tasks.ts';
import { createEmbeddedDispatch } from '../src/daemon/runs/embedded-dispatch.ts';
import type { DoneTask } from '../src/daemon/runs/task-doer.ts';
import { runRequestSchema } from '../src/protocol/run.ts';
import { freePort } from '../test/support/free-port.ts';
import type { Findings, Section } from './section.ts';
import { median, summarise } from './statistics.ts';

const NEED = { provider: 'openai', tags: [] };
const ROUNDS = 200;
const EMBEDDED_ROUNDS = 20_000;
const TASKS = 2_000;
const AT_ONCE = 64;
const QUEUED = 10_000;
const PROMPT = 'Look into the worker. '.repeat(50);

export const QUEUE: Section = {
  name: 'queue',
  about: 'what a task costs through a queue in Redis',
  measure: () => withRedis(measure),
};

async function measure(url: string): Promise<Findings> {
  const embeddedUs = 1_000 * median(await timeEach(EMBEDDED_ROUNDS, dispatchHere()));
  const queuedMs = await withTeam(url, 'one', 1, ({ perform }) => timeEach(ROUNDS, perform));
  const rates: string[] = [];
  for (const workers of [1, 2, 4]) {
    const perSecond = await withTeam(url, `many-${workers}`, workers, measureRate);
    rates.push(`${workers} workers in processes of their own: ${Math.round(perSecond)} tasks/s`);
  }
  const memory = await measureMemory(url);
  const load = await measureLoad(url);
  const { median: middle, max } = summarise(queuedMs);
  return {
    rows: [],
    notes: [
      `a task through the embedded dispatch: ${embeddedUs.toFixed(1)} us; through the queue: ${middle} ms (at most ${max} ms), one after the other`,
      `${TASKS} tasks that take no time, ${AT_ONCE} given at once:`,
      ...rates,
      `Redis, for each of them with 1 worker: ${Math.round(load.cpuUs)} us of its processor, ${load.commands.toFixed(1)} commands, ${(load.bytes / 1_024).toFixed(1)} KB in and out`,
      `Redis: ${(memory / 1_048_576).toFixed(1)} MB for ${QUEUED} queued tasks with prompts of ${PROMPT.length} characters`,
    ],
  };
}

/** A task that takes no time, on the way that a run's tasks go where there is no queue. */
function dispatchHere(): () => Promise<void> {
  const request = runRequestSchema.parse({
    directory: '/project',
    tasks: [{ id: 'only', agent: 'explore', prompt: PROMPT }],
  });
  const planned = planTasks(request.tasks);
  if (!planned.ok) throw new Error('no plan');
  const { plan } = planned;
  const [task] = request.tasks;
  if (task === undefined) throw new Error('no task');
  const done: DoneTask = { end: { outcome: 'done' }, text: PROMPT, work: null };
  const elsewhere = async () => Promise.reject(new Error('this bench sends nothing away'));
  const worktrees = {
    around: async (_place: number, perform: (given: BatchTask) => Promise<DoneTask>) => ({
      ...(await perform(task)),
      changes: null,
    }),
    pack: elsewhere,
    takeIn: elsewhere,
  };
  const dispatch = createEmbeddedDispatch({
    worktrees: { forRun: () => worktrees },
    doTask: async () => done,
    capacity: 1,
  }).forRun({ id: 'run', plan, request });
  const watch = { runId: 'run', signal: new AbortController().signal, onPrompt: () => undefined };
  return async () => {
    await dispatch.perform(0, watch);
    dispatch.written(0);
  };
}

type Team = { readonly perform: () => Promise<void> };

async function withTeam<T>(
  url: string,
  namespace: string,
  workers: number,
  use: (team: Team) => Promise<T>,
): Promise<T> {
  const connection = connectRedis({ url, ca: null }, () => undefined);
  const queue = createTaskQueue(connection.redis, namespace);
  const children = Array.from({ length: workers }, () => startWorker(url, namespace));
  try {
    let count = 0;
    const perform = async () => {
      count += 1;
      await put(queue, `${namespace}.${count}`);
    };
    // The first ones find the queue.
    await Promise.all(Array.from({ length: 4 * workers }, perform));
    return await use({ perform });
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await queue.close();
    await connection.close();
  }
}

async function put(queue: TaskQueue, id: string): Promise<void> {
  const task = { need: NEED, id, data: { prompt: PROMPT }, turn: 0 };
  const end = await queue.perform(task, { signal: new AbortController().signal, onNews: () => undefined });
  if (end.kind !== 'ended') throw new Error(`the task is ${end.kind}`);
}

async function measureRate({ perform }: Team): Promise<number> {
  const startedAt = performance.now();
  let left = TASKS;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await perform();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return TASKS / ((performance.now() - startedAt) / 1_000);
}

type Load = { readonly cpuUs: number; readonly commands: number; readonly bytes: number };

/** What Redis itself counts, for each task: the same on a machine that has other work too. */
async function measureLoad(url: string): Promise<Load> {
  const { redis, close } = connectRedis({ url, ca: null }, () => undefined);
  const read = async () => {
    const info = await redis.info();
    const of = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0);
    return {
      cpuUs: (of('used_cpu_sys') + of('used_cpu_user')) * 1e6,
      commands: of('total_commands_processed'),
      bytes: of('total_net_input_bytes') + of('total_net_output_bytes'),
    };
  };
  try {
    return await withTeam(url, 'load', 1, async (team) => {
      const before = await read();
      await measureRate(team);
      const after = await read();
      return {
        cpuUs: (after.cpuUs - before.cpuUs) / TASKS,
        commands: (after.commands - before.commands) / TASKS,
        bytes: (after.bytes - before.bytes) / TASKS,
      };
    });
  } finally {
    await close();
  }
}

async function measureMemory(url: string): Promise<number> {
  const { redis, close } = connectRedis({ url, ca: null }, () => undefined);
  const queue = createTaskQueue(redis, 'waiting');
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  try {
    const before = await used();
    // Each task has a signal of its own, as in a run.
    const patience = Array.from({ length: QUEUED }, () => new AbortController());
    const waiting = patience.map(({ signal }, at) => {
      const task = { need: NEED, id: `waiting.${at}`, data: { prompt: PROMPT }, turn: at };
      return queue.perform(task, { signal, onNews: () => undefined });
    });
    while ((await queue.counts()).waiting < QUEUED) await pause(100);
    const after = await used();
    for (const one of patience) one.abort();
    await Promise.all(waiting);
    return after - before;
  } finally {
    await queue.close();
    await close();
  }
}

async function timeEach(count: number, act: () => Promise<void>): Promise<readonly number[]> {
  const took: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const startedAt = performance.now();
    await act();
    took.push(performance.now() - startedAt);
  }
  return took;
}

const WORK_ON = 'OMCM_BENCH_QUEUE';

/** This very program again, as a worker. */
function startWorker(url: string, namespace: string): ChildProcess {
  const env = { ...process.env, [WORK_ON]: JSON.stringify({ url, namespace }) };
  return spawn(process.execPath, process.argv.slice(1, 2), { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Resolves only where this process was started as a worker; it is ended from outside. */
export async function workIfAsked(): Promise<void> {
  const asked = process.env[WORK_ON];
  if (asked === undefined) return;
  const { url, namespace } = JSON.parse(asked) as { readonly url: string; readonly namespace: string };
  const { redis } = connectRedis({ url, ca: null }, () => undefined);
  const perform = async () => ({ text: PROMPT });
  const worker = createTaskWorker({ redis, namespace, concurrency: 16, fits: () => true, perform });
  for (;;) {
    await worker.look();
    await pause(50);
  }
}

async function withRedis<T>(use: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'omcm-bench-redis-'));
  const port = await freePort();
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const safe = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
  const child = spawn('redis-server', [...words, ...safe], { stdio: 'ignore' });
  try {
    return await use(`redis://127.0.0.1:${port}`);
  } finally {
    child.kill('SIGKILL');
    await new Promise((gone) => child.once('close', gone));
    rmSync(folder, { recursive: true, force: true });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
