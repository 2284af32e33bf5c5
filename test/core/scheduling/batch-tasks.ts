import type { BatchTask } from '../../../src/core/scheduling/batch-task.ts';
import { planTasks, type TaskPlan } from '../../../src/core/scheduling/plan-tasks.ts';

export function task(id: string, more: Partial<BatchTask> = {}): BatchTask {
  return { id, agent: 'executor', prompt: 'p', files: [], dependsOn: [], priority: 0, estimate: 1, ...more };
}

export function planOf(...tasks: readonly BatchTask[]): TaskPlan {
  const planned = planTasks(tasks);
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems));
  return planned.plan;
}
