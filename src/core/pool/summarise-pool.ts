// How is the pool doing, as a person wants to see it?

import { explainOutage } from './explain-outage.ts';
import { measureLoad, type PoolLoad } from './measure-load.ts';
import type { PoolContext } from './pool-limits.ts';
import type { PoolState } from './pool-state.ts';
import type { Life, Server, ServerKind, ServerState, StateName, StopWhy } from './server-state.ts';

export type PoolSummary = PoolLoad & {
  readonly servers: readonly ServerSummary[];
  readonly states: { readonly [N in StateName]: number };
  /** How long the first in the queue has waited. */
  readonly longestWaitMs: number;
  readonly stopping: boolean;
  /** Why nothing will be served; `null` where something will. */
  readonly outage: string | null;
};

export type ServerSummary = {
  readonly id: string;
  readonly kind: ServerKind;
  readonly port: number | null;
  readonly state: StateName;
  /** Why it is leaving. */
  readonly why: StopWhy | null;
  readonly tasksRunning: number;
  readonly tasksDone: number;
  readonly rssBytes: number | null;
  /** Since its start; `null` as long as it does not run. */
  readonly ageMs: number | null;
  readonly retryInMs: number | null;
  readonly lastError: string | null;
};

export function summarisePool(state: PoolState, context: PoolContext): PoolSummary {
  const { limits, now } = context;
  const [first] = state.waiting;
  return {
    ...measureLoad(state, limits),
    servers: state.servers.map((server) => summariseServer(server, context)),
    states: countStates(state.servers),
    longestWaitMs: first === undefined ? 0 : now - first.enqueuedAt,
    stopping: state.stopping,
    outage: explainOutage(state, context),
  };
}

const NOTHING = {
  why: null,
  tasksRunning: 0,
  tasksDone: 0,
  rssBytes: null,
  ageMs: null,
  retryInMs: null,
  lastError: null,
};

function summariseServer({ id, kind, port, state }: Server, context: PoolContext): ServerSummary {
  return { id, kind, port, state: state.name, ...NOTHING, ...describeState(state, context) };
}

function describeState(state: ServerState, { limits, now }: PoolContext): Partial<ServerSummary> {
  switch (state.name) {
    case 'starting':
      return { lastError: state.failures?.why ?? null };
    case 'ready':
      return { ...describeLife(state, now), lastError: state.failures?.why ?? null };
    case 'draining':
      return { ...describeLife(state, now), why: state.why };
    case 'stopping':
      return { why: state.why, lastError: state.failures?.why ?? null };
    case 'failed':
      return { retryInMs: Math.max(0, state.retryAt - now), lastError: state.failures.why };
    case 'given-up':
      return {
        retryInMs: Math.max(0, state.since + limits.giveUpForMs - now),
        lastError: state.failures.why,
      };
  }
}

function describeLife(life: Life, now: number) {
  const { tasks, tasksDone, rssBytes, startedAt } = life;
  return { tasksRunning: tasks.length, tasksDone, rssBytes, ageMs: now - startedAt };
}

function countStates(servers: readonly Server[]): PoolSummary['states'] {
  const count = { starting: 0, ready: 0, draining: 0, stopping: 0, failed: 0, 'given-up': 0 };
  for (const { state } of servers) count[state.name] += 1;
  return count;
}
