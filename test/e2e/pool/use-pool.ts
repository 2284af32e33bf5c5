// Tasks for a daemon's pool, and what can be seen of its servers.

import { setTimeout as sleep } from 'node:timers/promises';
import { callDaemon, streamFromDaemon } from '../../../src/client/call-daemon.ts';
import type { PoolStatus, ServerStatus } from '../../../src/protocol/status.ts';
import type { TaskEvent } from '../../../src/protocol/task.ts';
import type { Omcm } from '../../support/use-omcm.ts';

export type Order = {
  readonly prompt: string;
  /** Left out: one that only reads. */
  readonly agent?: string;
};

export async function delegate(
  { socketPath, home }: Omcm,
  { prompt, agent = 'Explore' }: Order,
): Promise<readonly TaskEvent[]> {
  const body = { agent, prompt, directory: home.projectDir };
  const lines: unknown[] = [];
  const call = { socketPath, method: 'POST', path: '/v1/tasks?stream=1', body } as const;
  for await (const line of streamFromDaemon(call)) lines.push(line);
  return lines.slice(1) as TaskEvent[];
}

export async function delegateAll(
  omcm: Omcm,
  orders: readonly Order[],
  atOnce: number,
): Promise<readonly (readonly TaskEvent[])[]> {
  const results = new Map<Order, readonly TaskEvent[]>();
  const left = [...orders];
  const work = async () => {
    for (let order = left.shift(); order !== undefined; order = left.shift())
      results.set(order, await delegate(omcm, order));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return orders.map((order) => results.get(order) ?? []);
}

export function textOf(events: readonly TaskEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

/** A task that has more than one ending, or goes on after it, has been worked on twice. */
export function endingsOf(events: readonly TaskEvent[]): readonly TaskEvent[] {
  const first = events.findIndex(({ type }) => type === 'finished' || type === 'failed');
  return first === -1 ? [] : events.slice(first);
}

export async function poolOf(omcm: Omcm): Promise<PoolStatus> {
  return (await omcm.status()).opencode;
}

export function readyServers({ servers }: PoolStatus): readonly ServerStatus[] {
  return servers.filter(({ state }) => state === 'ready');
}

export async function untilPool(
  omcm: Omcm,
  holds: (status: PoolStatus) => boolean,
  limitMs = 60_000,
): Promise<PoolStatus> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const status = await poolOf(omcm);
    if (holds(status)) return status;
    if (Date.now() > deadline) throw new Error(`the pool never came so far: ${JSON.stringify(status)}`);
    await sleep(200);
  }
}

export async function untilReady(omcm: Omcm, count: number): Promise<readonly ServerStatus[]> {
  return readyServers(await untilPool(omcm, (status) => readyServers(status).length === count));
}

export async function askPool(omcm: Omcm, what: 'scale' | 'recycle', body: object): Promise<void> {
  await callDaemon({ socketPath: omcm.socketPath, method: 'POST', path: `/v1/pool/${what}`, body });
}
