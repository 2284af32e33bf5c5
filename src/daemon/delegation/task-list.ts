/** The tasks that clients may still ask for: the running ones, and the ended ones for a while. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Failure, failure } from '../../core/delegation/failure.ts';
import type { RunningTask } from './running-task.ts';

export type TaskList = {
  add(task: RunningTask, sessionId?: string): void;
  find(id: string): RunningTask | undefined;
  running(): number;
  /** None runs, and their clients have heard how they ended; or no more patience. */
  untilDone(patience: AbortSignal): Promise<void>;
  /** None runs, whether anybody has heard of it or not; or no more patience. */
  untilEnded(patience: AbortSignal): Promise<void>;
  cancelAll(reason: Failure): Promise<void>;
  /** How many of its tasks were still at work. */
  stopSession(sessionId: string): number;
};

/** Ended tasks beyond this number are forgotten, oldest first. */
const KEPT_ENDED = 50;
const CANCEL_LIMIT_MS = 3_000;
/** A client that polls is between two polls for no longer. */
const DELIVERY_LIMIT_MS = 2_000;
const LOOK_AGAIN_MS = 25;

export function createTaskList(): TaskList {
  const tasks = new Map<string, RunningTask>();
  const sessions = new WeakMap<RunningTask, string>();
  const runningTasks = () => [...tasks.values()].filter((task) => !task.isDone());
  const isSettled = () => [...tasks.values()].every((task) => task.isSettled());
  const untilEnded = (patience: AbortSignal) => until(() => runningTasks().length === 0, patience);
  const untilDone = async (patience: AbortSignal): Promise<void> => {
    await untilEnded(patience);
    const delivery = AbortSignal.timeout(DELIVERY_LIMIT_MS);
    await until(isSettled, AbortSignal.any([patience, delivery]));
  };
  return {
    add: (task, sessionId) => {
      tasks.set(task.id, task);
      if (sessionId !== undefined) sessions.set(task, sessionId);
      const ended = [...tasks.values()].filter((known) => known.isDone());
      for (const { id } of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) tasks.delete(id);
    },
    find: (id) => tasks.get(id),
    running: () => runningTasks().length,
    untilDone,
    untilEnded,
    stopSession: (sessionId) => {
      const own = runningTasks().filter((task) => sessions.get(task) === sessionId && !task.signal.aborted);
      for (const task of own) task.cancel(failure('stopped'));
      return own.length;
    },
    cancelAll: async (reason) => {
      for (const task of runningTasks()) task.cancel(reason);
      await untilDone(AbortSignal.timeout(CANCEL_LIMIT_MS));
    },
  };
}

async function until(holds: () => boolean, patience: AbortSignal): Promise<void> {
  while (!holds() && !patience.aborted) await sleep(LOOK_AGAIN_MS);
}
