// The real pool with real OpenCode servers while everything around it goes wrong. What is believed is what the
// providers were asked, what the process table shows and who listens; not what the daemon says of itself.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FailureCode } from '../../../src/core/delegation/failure.ts';
import type { ServerStatus } from '../../../src/protocol/status.ts';
import { findBinaries } from '../../../src/simulation/find-binaries.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { workOn } from '../../../src/simulation/scripted-work.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { isRunning, stopProcess } from '../../support/stop-process.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';
import { expectNoStrays, expectNothingLeft } from '../pool/expect-nothing-left.ts';
import {
  askPool,
  delegateAll,
  endingsOf,
  type Order,
  poolOf,
  readyServers,
  textOf,
  untilReady,
} from '../pool/use-pool.ts';

const SEED = Number(process.env.OMCM_TEST_SEED ?? 7);
const FORTY = 40;
const EIGHT_AT_ONCE = 8;

const tasks = (name: string, count: number): readonly Order[] =>
  Array.from({ length: count }, (_, index) => ({ prompt: `${name} ${index}` }));

const answersTo = (orders: readonly Order[]) => orders.map(({ prompt }) => `done: ${prompt}`);

/** How often a task was given its prompt; what follows a tool's result is the same try. */
function promptings(requests: readonly JournaledRequest[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { lastUserText, turns } of requests) {
    const isFirst = !turns.some(({ role }) => role === 'tool');
    if (isFirst) counts.set(lastUserText, (counts.get(lastUserText) ?? 0) + 1);
  }
  return counts;
}

function answerAfter({ providers: { google } }: Omcm, delayMs: number): void {
  google.on({ answer: ({ lastUserText }) => ({ text: `done: ${lastUserText}`, delayMs }) });
}

describe('the pool under load', () => {
  it('answers forty tasks, eight at a time, each once: on one server, on two, on three', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', pool: { maxServers: 3 } } });
    answerAfter(omcm, 100);
    await omcm.warm();

    for (const count of [1, 2, 3]) {
      await askPool(omcm, 'scale', { servers: count });
      const before = new Map((await untilReady(omcm, count)).map(({ id, tasksDone }) => [id, tasksDone]));
      const orders = tasks(`on ${count}, task`, FORTY);

      const results = await delegateAll(omcm, orders, EIGHT_AT_ONCE);

      expect(results.map(textOf)).toEqual(answersTo(orders));
      const asked = promptings(omcm.providers.google.journal());
      expect(orders.map(({ prompt }) => asked.get(prompt))).toEqual(orders.map(() => 1));
      const shares = readyServers(await poolOf(omcm)).map(
        ({ id, tasksDone }) => tasksDone - (before.get(id) ?? 0),
      );
      expect(shares.reduce((sum, share) => sum + share)).toBe(FORTY);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(EIGHT_AT_ONCE);
    }
    const { servers } = await poolOf(omcm);
    await expectNothingLeft(
      omcm,
      servers.map(({ port }) => port),
    );
  });
});

describe('the pool under fire', () => {
  it(`ends each of forty tasks once while servers are killed (seed ${SEED})`, async () => {
    const pool = { minServers: 3, maxServers: 3 };
    const config = { mode: 'fusion', pool, permissions: { delegateWrites: 'allow' } };
    const omcm = await useOmcm({ config });
    const { google, openai } = omcm.providers;
    answerAfter(omcm, 1_200);
    openai.on({ answer: (request) => ({ ...writeNote(omcm, request), delayMs: 600 }) });
    await omcm.warm();
    await untilReady(omcm, 3);
    const orders = tasks('task', FORTY).map((order, index) =>
      index % 4 === 0 ? { ...order, agent: 'oh-my-claudecode:executor' } : order,
    );
    const shooting = new AbortController();
    const shots = shootServers(omcm, shooting.signal);

    const results = await delegateAll(omcm, orders, EIGHT_AT_ONCE);
    shooting.abort();
    const victims = await shots;

    expect(victims.length).toBeGreaterThan(3);
    const astray = orders.filter((order, index) => !isEndedOnce(omcm, order, results[index] ?? []));
    expect(astray).toEqual([]);
    const answered = results.filter((events) => events.at(-1)?.type === 'finished');
    expect(answered.length).toBeGreaterThan(FORTY / 2);
    const asked = promptings([...google.journal(), ...openai.journal()]);
    const tooOften = orders.filter(({ prompt, agent }) => (asked.get(prompt) ?? 0) > (agent ? 1 : 2));
    expect(tooOften).toEqual([]);

    await untilReady(omcm, 3);
    await expectNoStrays(omcm);
    const afterwards = tasks('afterwards', 4);
    expect((await delegateAll(omcm, afterwards, 4)).map(textOf)).toEqual(answersTo(afterwards));
    const { servers } = await poolOf(omcm);
    await expectNothingLeft(
      omcm,
      [...servers, ...victims].map(({ port }) => port),
    );
  });

  it('serves on after the daemon was killed in the middle of everything, and leaves no server of before', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', pool: { minServers: 2, maxServers: 2 } } });
    answerAfter(omcm, 300);
    const holdBack = omcm.providers.google.on({ answer: { text: 'late', delayMs: 60_000 } });
    await omcm.warm();
    const before = await untilReady(omcm, 2);
    const cut = tasks('cut', EIGHT_AT_ONCE);
    const running = Promise.allSettled([delegateAll(omcm, cut, EIGHT_AT_ONCE)]);
    await expect.poll(omcm.providers.google.journal, { timeout: 30_000 }).toHaveLength(EIGHT_AT_ONCE);

    const daemon = omcm.daemonPid() ?? 0;
    process.kill(daemon, 'SIGKILL');
    await stopProcess(daemon);
    const [broken] = await running;
    holdBack();
    await omcm.warm();

    expect(broken?.status).toBe('rejected');
    expect(before.filter(({ pid }) => isRunning(pid ?? 0))).toEqual([]);
    const orders = tasks('again', EIGHT_AT_ONCE);
    expect((await delegateAll(omcm, orders, EIGHT_AT_ONCE)).map(textOf)).toEqual(answersTo(orders));
    const asked = promptings(omcm.providers.google.journal());
    expect(cut.map(({ prompt }) => asked.get(prompt))).toEqual(cut.map(() => 1));
    const after = await untilReady(omcm, 2);
    await expectNoStrays(omcm);
    await expectNothingLeft(
      omcm,
      [...before, ...after].map(({ port }) => port),
    );
  });

  it('finds ports beyond those that strangers have, and waits for a server that is slow to start', async () => {
    const strangers = await occupy([14_620, 14_621, 14_623]);
    const pool = { minServers: 2, maxServers: 2, basePort: 14_620 };
    const omcm = await useOmcm({ config: { mode: 'fusion', opencode: slowOpencode(4), pool } });
    answerAfter(omcm, 100);
    await omcm.start();

    const orders = tasks('patient', EIGHT_AT_ONCE);
    const results = await delegateAll(omcm, orders, EIGHT_AT_ONCE);

    expect(results.map(textOf)).toEqual(answersTo(orders));
    const ports = (await untilReady(omcm, 2)).map(({ port }) => port);
    expect([...ports].sort()).toEqual([14_622, 14_624]);
    expect(strangers.visits()).toBe(0);
    await expectNothingLeft(omcm, ports);
  });
});

/** A file of its own for each task, then the answer. */
function writeNote(omcm: Omcm, request: JournaledRequest) {
  const { lastUserText: prompt } = request;
  const steps = [{ kind: 'write', path: noteOf(prompt), text: prompt }] as const;
  return workOn(request, { projectDir: omcm.home.projectDir, steps, report: `done: ${prompt}` });
}

const noteOf = (prompt: string) => `${prompt.replaceAll(' ', '-')}.txt`;

const REASONS: readonly string[] = [
  'server-died',
  'server-refused',
  'server-start-failed',
] satisfies readonly FailureCode[];

/** Answered, with what it was to do done; or failed for a reason that is the servers'. */
function isEndedOnce(omcm: Omcm, { prompt, agent }: Order, events: Parameters<typeof endingsOf>[0]): boolean {
  const [ending, ...more] = endingsOf(events);
  if (ending === undefined || more.length > 0) return false;
  if (ending.type === 'failed') return REASONS.includes(ending.failure.code);
  const hasWritten = () => readFileSync(join(omcm.home.projectDir, noteOf(prompt)), 'utf8').trim() === prompt;
  return textOf(events).trim() === `done: ${prompt}` && (agent === undefined || hasWritten());
}

type Victim = { readonly pid: number; readonly port: number | null };

/** All of them at once; then one of several that are ready, every one to three seconds. */
async function shootServers(omcm: Omcm, signal: AbortSignal): Promise<readonly Victim[]> {
  const random = seededRandom(SEED);
  const victims: Victim[] = [];
  const shoot = ({ pid, port }: Pick<ServerStatus, 'pid' | 'port'>) => {
    if (pid === null) return;
    process.kill(pid, 'SIGKILL');
    victims.push({ pid, port });
  };
  await sleep(1_000);
  readyServers(await poolOf(omcm)).forEach(shoot);
  while (!signal.aborted) {
    await sleep(1_000 + random() * 2_000);
    const targets = readyServers(await poolOf(omcm));
    const target = targets[Math.floor(random() * targets.length)];
    if (target !== undefined && targets.length > 1) shoot(target);
  }
  return victims;
}

async function occupy(ports: readonly number[]): Promise<{ readonly visits: () => number }> {
  let visits = 0;
  const countVisit = () => {
    visits += 1;
  };
  const servers = ports.map(() => createServer(countVisit));
  onTestFinished(() => servers.forEach((server) => void server.close()));
  await Promise.all(
    servers.map(
      (server, index) =>
        new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen(ports[index], '127.0.0.1', resolve);
        }),
    ),
  );
  return { visits: () => visits };
}

/** The real one, some seconds later. */
function slowOpencode(seconds: number) {
  const { opencode = 'opencode' } = findBinaries();
  return { command: '/bin/sh', args: ['-c', `sleep ${seconds}; exec "$@"`, 'sh', opencode] };
}
