// Who of those that wait gets a server now, and who is told that there will be none?

import { explainOutage } from './explain-outage.ts';
import { pickServer } from './pick-server.ts';
import { type PoolAction, type PoolStep, type Refusal, stay } from './pool-action.ts';
import type { PoolContext } from './pool-limits.ts';
import { type PoolState, setServer } from './pool-state.ts';
import { dropLate, leave, listLate, type Queue, type Waiter } from './queue.ts';
import type { ServerIn } from './server-state.ts';

export function refuseLate(state: PoolState, { now }: PoolContext): PoolStep {
  const late = listLate(state.waiting, now);
  if (late.length === 0) return stay(state);
  return refuse({ ...state, waiting: dropLate(state.waiting, now) }, late, { reason: 'deadline' });
}

/** In the order of arrival: a free slot goes to the first that can use it. */
export function grantLeases(state: PoolState, { limits }: PoolContext): PoolStep {
  let next = state;
  const waiting: Waiter[] = [];
  const actions: PoolAction[] = [];
  for (const waiter of state.waiting) {
    const server = pickServer(next, waiter, limits.sessionsPerServer);
    if (server === null) {
      waiting.push(waiter);
      continue;
    }
    next = takeSlot(next, server, waiter);
    actions.push({ type: 'grant-lease', task: waiter.task, server: server.id });
  }
  return actions.length === 0 ? stay(state) : { state: { ...next, waiting }, actions };
}

export function refuseHopeless(state: PoolState, context: PoolContext): PoolStep {
  let step = stay(state);
  for (const waiter of state.waiting) {
    const why = explainOutage(state, context, waiter);
    if (why === null) continue;
    const waiting = leave(step.state.waiting, waiter.task);
    const refused = refuse({ ...step.state, waiting }, [waiter], { reason: 'no-server', why });
    step = { state: refused.state, actions: [...step.actions, ...refused.actions] };
  }
  return step;
}

/** Those that came last, when all that can be granted has been. */
export function refuseOverflow(state: PoolState, { limits: { maxWaiting } }: PoolContext): PoolStep {
  const overflow = state.waiting.slice(maxWaiting);
  if (overflow.length === 0) return stay(state);
  return refuse({ ...state, waiting: state.waiting.slice(0, maxWaiting) }, overflow, {
    reason: 'queue-full',
  });
}

export function refuseAll(state: PoolState, refusal: Refusal): PoolStep {
  if (state.waiting.length === 0) return stay(state);
  return refuse({ ...state, waiting: [] }, state.waiting, refusal);
}

function refuse(state: PoolState, waiters: Queue, refusal: Refusal): PoolStep {
  return { state, actions: waiters.map(({ task }) => ({ type: 'refuse-task', task, ...refusal })) };
}

/** A preference is no turn: the round goes on where it was. */
function takeSlot(state: PoolState, server: ServerIn<'ready'>, { task, prefers }: Waiter): PoolState {
  const tasks = [...server.state.tasks, task];
  const next = setServer(state, { ...server, state: { ...server.state, tasks } });
  return prefers === server.id ? next : { ...next, cursor: server.id };
}
