/** The tasks that clients may still ask for: the running ones, and the ended ones for a while. */
import type { RunningTask } from './running-task.ts';

export type TaskList = {
  add(task: RunningTask): void;
  find(id: string): RunningTask | undefined;
  running(): number;
  untilDone(limitMs: number): Promise<void>;
  cancelAll(): Promise<void>;
};

/** Ended tasks beyond this number are forgotten, oldest first. */
const KEPT_ENDED = 50;
const CANCEL_LIMIT_MS = 3_000;

export function createTaskList(): TaskList {
  const tasks = new Map<string, RunningTask>();
  const runningTasks = () => [...tasks.values()].filter((task) => !task.isDone());
  const untilDone = async (limitMs: number): Promise<void> => {
    const deadline = AbortSignal.timeout(Math.max(1, limitMs));
    while (!deadline.aborted && runningTasks().length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return {
    add: (task) => {
      tasks.set(task.id, task);
      const ended = [...tasks.values()].filter((known) => known.isDone());
      for (const { id } of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) tasks.delete(id);
    },
    find: (id) => tasks.get(id),
    running: () => runningTasks().length,
    untilDone,
    cancelAll: async () => {
      for (const task of runningTasks()) task.cancel();
      await untilDone(CANCEL_LIMIT_MS);
    },
  };
}
