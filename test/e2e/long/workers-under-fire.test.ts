import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { RunResult } from '../../../src/cli/runs/run-result.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { workOn } from '../../../src/simulation/scripted-work.ts';
import { until } from '../../daemon/support/until.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { type Network, type NetworkMachine, useNetwork } from '../../support/use-network.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';
import { type OwnRedis, useRedis } from '../../support/use-redis.ts';
import { type TeamWorker, useTeamWorker } from '../../support/use-team-worker.ts';

const LIMIT_MS = 290_000;
const COUNT = 100;
const WORKERS = 3;

/** Ten chains of ten; the fifth task of each writes a file, one of all fails. */
const TASKS = Array.from({ length: COUNT }, (_, at) => {
  const [chain, place] = [at % 10, Math.floor(at / 10)];
  const id = `c${chain}-${place}`;
  const writes = place === 4;
  return {
    id,
    agent: writes ? 'writer' : 'Explore',
    prompt: `Work on <${id}>.`,
    dependsOn: place === 0 ? [] : [`c${chain}-${place - 1}`],
    ...(writes ? { files: [`out/${id}.md`] } : {}),
  };
});
const FAILS = 'c7-3';
/** It writes, and its worker is cut off from the network while it is at it. */
const PARTED = 'c8-4';
const WRITERS = TASKS.filter(({ agent }) => agent === 'writer').map(({ id }) => id);

const idIn = (text: string) => /<(c\d-\d)>/.exec(text)?.[1] ?? '';

/** `slow`: what this task is answered first takes so long that its worker is cut off meanwhile. */
function answerAll({ providers }: Pick<Omcm, 'providers'>, { slow = '', slowMs = 0 } = {}): void {
  let isFirst = true;
  const answer = (request: JournaledRequest) => {
    const id = idIn(request.lastUserText);
    if (id === FAILS) return { fault: { kind: 'garbage-body' } as const };
    if (!WRITERS.includes(id)) return { text: `${id} is done`, delayMs: 50 };
    const [projectDir = ''] =
      /\/[^\s"'<>]*\/(?:worker\/trees|worktrees)\/[^\s"'<>]*/.exec(request.system) ?? [];
    const steps = [{ kind: 'write' as const, path: `out/${id}.md`, text: `${id}\n` }];
    const answered = workOn(request, { projectDir, steps, report: `${id} is done` });
    if (id !== slow || !isFirst) return answered;
    isFirst = false;
    return { ...answered, delayMs: slowMs };
  };
  for (const provider of [providers.google, providers.openai]) provider.on({ answer });
  providers.anthropic.on({ answer: { fault: { kind: 'refused-key' } } });
}

async function runBatch(omcm: Omcm): Promise<RunResult> {
  const file = join(omcm.home.root, 'tasks.json');
  writeFileSync(file, JSON.stringify({ tasks: TASKS }));
  const words = ['batch', file, '--workers', '16', '--permission-mode', 'acceptEdits', '--json'];
  const run = promisify(execFile)(process.execPath, [BUILT_CLI, ...words], {
    cwd: omcm.home.projectDir,
    env: omcm.env(),
    maxBuffer: 64 * 1_048_576,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as RunResult;
}

function writeAddress({ home }: Omcm, url: string): string {
  const file = join(home.root, 'redis-url');
  writeFileSync(file, url, { mode: 0o600 });
  return file;
}

/** In the queue it is `run.place`, or `run.place.b`. */
function isTask(told: unknown, id: string): boolean {
  const place = TASKS.findIndex((task) => task.id === id);
  return new RegExp(`\\.${place}(?:\\.b)?$`).test(String(told));
}

/** What of a run has to be the same, whoever does it. */
const outcomeOf = ({ tasks }: RunResult) => Object.fromEntries(tasks.map(({ id, state }) => [id, state]));

const EXPECTED = Object.fromEntries(
  TASKS.map(({ id }) => {
    const [, chain, place] = /^c(\d)-(\d)$/.exec(id) ?? [];
    if (id === FAILS) return [id, 'failed'];
    return [id, chain === '7' && Number(place) > 3 ? 'skipped' : 'done'];
  }),
);

function filesIn({ home }: Omcm): Readonly<Record<string, string>> {
  const folder = join(home.projectDir, 'out');
  const names = readdirSync(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const WRITTEN = Object.fromEntries(
  WRITERS.filter((id) => EXPECTED[id] === 'done').map((id) => [`${id}.md`, `${id}\n`]),
);

const OPTIONS = {
  variables: { CLAUDE_CODE_MAX_RETRIES: '0' },
};

/** Three machines that share nothing but Redis; where networks cannot be made, three HOMEs. */
async function useMachines(omcm: Omcm): Promise<Machines> {
  const ports = Object.values(omcm.providers).flatMap((it) =>
    'url' in it ? [Number(new URL(it.url).port)] : [],
  );
  const network = await useNetwork(WORKERS, ports);
  if (typeof network !== 'string') {
    const redis = await useRedis({ place: { address: '0.0.0.0', enter: network.enterHub } });
    const at = (hub: string) => redis.url.replace('0.0.0.0', hub);
    await expectNothingElseIsReached(network, redis.port);
    const machines = network.machines.map((machine) => ({ ...machine, url: at(machine.hub) }));
    return { redis, url: at(network.scheduler.hub), machines, isParted: true };
  }
  process.stderr.write(`Three HOMEs in place of three networks, and nobody is cut off: ${network}.\n`);
  const redis = await useRedis();
  const machine = { enter: [], url: redis.url, unplug: () => undefined, plugIn: () => undefined };
  return { redis, url: redis.url, machines: Array.from({ length: WORKERS }, () => machine), isParted: false };
}

type Machines = {
  readonly redis: OwnRedis;
  readonly url: string;
  readonly machines: readonly (Pick<NetworkMachine, 'enter' | 'unplug' | 'plugIn'> & {
    readonly url: string;
  })[];
  readonly isParted: boolean;
};

/** Somebody listens at all addresses of the scheduler: a worker finds Redis, and not them. */
async function expectNothingElseIsReached(
  { machines, scheduler }: Network,
  redisPort: number,
): Promise<void> {
  const server = createServer((socket) => socket.destroy()).listen(0, '0.0.0.0');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const script = `
    const [host, port] = process.argv.slice(1);
    const socket = require('node:net').connect({ host, port, timeout: 3000 });
    const tell = (word) => { process.stdout.write(word); process.exit(); };
    socket.on('connect', () => tell('reached')).on('error', ({ code }) => tell(code)).on('timeout', () => tell('silent'));`;
  for (const { enter, hub } of machines) {
    const [program = '', ...words] = enter;
    const ask = (host: string, at: number) =>
      spawnSync(program, [...words, process.execPath, '-e', script, host, String(at)], { encoding: 'utf8' })
        .stdout;
    expect(ask(hub, redisPort)).toBe('reached');
    expect(ask('127.0.0.1', port)).toBe('ECONNREFUSED');
    expect(ask(scheduler.address, port)).toBe('ENETUNREACH');
  }
}

/** The lease of a worker that is gone runs out after 20 s; its first model takes longer than that. */
const SLOW_MS = 45_000;

it(`ends each of ${COUNT} tasks once, though workers and Redis are killed, and one is cut off meanwhile`, {
  timeout: LIMIT_MS,
}, async () => {
  const omcm = await useOmcm({ config: { mode: 'fusion' }, ...OPTIONS });
  const { redis, url, machines, isParted } = await useMachines(omcm);
  answerAll(omcm, isParted ? { slow: PARTED, slowMs: SLOW_MS } : {});
  omcm.configure({ mode: 'fusion', execution: { backend: 'bullmq', redisUrlFile: writeAddress(omcm, url) } });
  const workers = machines.map(({ enter, url: here }) =>
    useTeamWorker(omcm, {
      url: here,
      cli: BUILT_CLI,
      path: omcm.env().PATH ?? '',
      words: ['--concurrency', '4'],
      enter,
    }),
  );
  await Promise.all(workers.map((worker) => worker.ready()));

  const running = runBatch(omcm);
  const count = (event: string, task?: string) =>
    workers.map(
      (worker) =>
        worker.events().filter((told) => told.event === event && (task ? isTask(told.task, task) : true))
          .length,
    );
  const taken = () => count('took').reduce((sum, one) => sum + one, 0);
  const killOne = async (worker: TeamWorker | undefined) => {
    await worker?.kill();
    worker?.restart();
  };
  /** Until its task is another one's, and then until it has told its own end, which is too late. */
  const cutOff = async () => {
    if (!isParted) return;
    await until(() => count('took', PARTED).includes(1), 120_000);
    const late = count('took', PARTED).indexOf(1);
    machines[late]?.unplug();
    await until(() => count('took', PARTED).some((times, at) => at !== late && times > 0), 120_000);
    machines[late]?.plugIn();
    await until(() => (count('ended', PARTED)[late] ?? 0) > 0, 120_000);
  };
  const parted = cutOff();
  await until(() => taken() >= 15, 120_000);
  await killOne(workers[0]);
  await until(() => taken() >= 30, 120_000);
  await redis.kill();
  await redis.start();
  await until(() => taken() >= 60, 120_000);
  await killOne(workers.find((_, at) => count('took', PARTED)[at] === 0));
  await parted;
  const result = await running;

  expect(outcomeOf(result)).toEqual(EXPECTED);
  expect(filesIn(omcm)).toEqual(WRITTEN);
  const [journal = ''] = readdirSync(join(omcm.stateDir, 'runs'));
  const lines = readFileSync(join(omcm.stateDir, 'runs', journal), 'utf8')
    .trim()
    .split('\n');
  const ends = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'ended');
  expect(ends.map(({ task }) => task).sort()).toEqual(TASKS.map(({ id }) => id).sort());
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: omcm.home.projectDir, env: omcm.env(), encoding: 'utf8' });
  expect(git('branch', '--list', 'omcm/*')).toBe('');
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
});

it('gives the same outcome on this machine alone', { timeout: LIMIT_MS }, async () => {
  const omcm = await useOmcm({ config: { mode: 'fusion', pool: { maxServers: 1 } }, ...OPTIONS });
  answerAll(omcm);
  expect(outcomeOf(await runBatch(omcm))).toEqual(EXPECTED);
  expect(filesIn(omcm)).toEqual(WRITTEN);
});
