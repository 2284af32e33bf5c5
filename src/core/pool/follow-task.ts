// What do the events of a task change? Who gets a server is decided afterwards, for all that wait.

import type { LeaseReleased, TaskArrived } from './pool-event.ts';
import { findServer, type PoolState, setServer } from './pool-state.ts';
import { enqueue, isWaiting, leave } from './queue.ts';
import { isIn } from './server-state.ts';

/** A task that is here already stays as it is. */
export function addTask(state: PoolState, { type: _, ...arrived }: TaskArrived, now: number): PoolState {
  const { task } = arrived;
  if (isWaiting(state.waiting, task) || isRunning(state, task)) return state;
  return { ...state, waiting: enqueue(state.waiting, { ...arrived, enqueuedAt: now }) };
}

export function cancelTask(state: PoolState, task: string): PoolState {
  const waiting = leave(state.waiting, task);
  return waiting === state.waiting ? state : { ...state, waiting };
}

/** A lease that was lost with its server is not there any more. */
export function releaseLease(state: PoolState, { server: id, task }: LeaseReleased): PoolState {
  const server = findServer(state, id);
  if (server === null || !isIn(server, 'ready', 'draining')) return state;
  if (!server.state.tasks.includes(task)) return state;
  const tasks = server.state.tasks.filter((other) => other !== task);
  const tasksDone = server.state.tasksDone + 1;
  return setServer(state, { ...server, state: { ...server.state, tasks, tasksDone } });
}

function isRunning(state: PoolState, task: string): boolean {
  return state.servers.some(
    (server) => isIn(server, 'ready', 'draining') && server.state.tasks.includes(task),
  );
}
