// What becomes of a server whose life ended, and of its tasks?

import { addFailure, addFailureAfter, chargeFailure } from './charge-failure.ts';
import { type PoolAction, type PoolStep, stay } from './pool-action.ts';
import type { PoolContext } from './pool-limits.ts';
import { type PoolState, removeServer, setServer } from './pool-state.ts';
import { suspectOthers } from './probe-servers.ts';
import type { Failures, Server } from './server-state.ts';

type End = { readonly why: string; readonly context: PoolContext };

export function endLife(state: PoolState, server: Server, { why, context }: End): PoolStep {
  const fail = (failures: Failures) => setServer(state, chargeFailure(server, failures, context));
  const lose = (next: PoolState, tasks: readonly string[]): PoolStep => ({
    state: server.kind === 'own' ? suspectOthers(next, server, context) : next,
    actions: loseTasks(server.id, tasks),
  });
  const { state: was } = server;
  switch (was.name) {
    case 'starting':
      return stay(fail(addFailure(was.failures, why)));
    case 'ready':
      return lose(fail(addFailureAfter(was, why, context)), was.tasks);
    case 'draining':
      return lose(removeServer(state, server.id), was.tasks);
    case 'stopping':
      return stay(was.failures === null ? removeServer(state, server.id) : fail(was.failures));
    case 'failed':
    case 'given-up':
      return stay(state);
  }
}

export function loseTasks(server: string, tasks: readonly string[]): readonly PoolAction[] {
  return tasks.map((task) => ({ type: 'mark-task-lost', task, server }));
}
