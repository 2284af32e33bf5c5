// What does the outcome of a probe change?

import { beginLife } from './begin-life.ts';
import { addFailureAfter } from './charge-failure.ts';
import { endLife, loseTasks } from './end-life.ts';
import { type PoolStep, stay } from './pool-action.ts';
import type { PoolContext } from './pool-limits.ts';
import { type PoolState, setServer } from './pool-state.ts';
import { isIn, type Server, type ServerIn } from './server-state.ts';

type Good = { readonly rssBytes: number | null; readonly now: number };
type Bad = { readonly why: string; readonly context: PoolContext };

export function noteProbeOk(state: PoolState, server: Server, { rssBytes, now }: Good): PoolStep {
  if (isRemoteStart(server)) return stay(beginLife(state, server, { port: null, now }));
  if (!isIn(server, 'ready', 'draining')) return stay(state);
  const news = {
    lastProbeOkAt: now,
    probesFailed: 0,
    isDoubted: false,
    rssBytes: rssBytes ?? server.state.rssBytes,
  };
  return stay(setServer(state, { ...server, state: { ...server.state, ...news } }));
}

export function noteProbeFailed(state: PoolState, server: Server, bad: Bad): PoolStep {
  if (isRemoteStart(server)) return endLife(state, server, bad);
  if (!isIn(server, 'ready', 'draining')) return stay(state);
  const probesFailed = server.state.probesFailed + 1;
  if (probesFailed < bad.context.limits.maxProbesFailed) {
    return stay(setServer(state, { ...server, state: { ...server.state, probesFailed, isDoubted: true } }));
  }
  return server.kind === 'remote' ? endLife(state, server, bad) : stopSilent(state, server, bad);
}

/** The process may well be there still, so it is ended before the server counts as failed and starts again. */
function stopSilent(
  state: PoolState,
  server: ServerIn<'ready' | 'draining'>,
  { why, context }: Bad,
): PoolStep {
  const failures = isIn(server, 'ready') ? addFailureAfter(server.state, why, context) : null;
  const stopping = { name: 'stopping', since: context.now, why: 'unresponsive', failures } as const;
  const stop = { type: 'stop-server', server: server.id, why: 'unresponsive' } as const;
  return {
    state: setServer(state, { ...server, state: stopping }),
    actions: [...loseTasks(server.id, server.state.tasks), stop],
  };
}

function isRemoteStart(server: Server): boolean {
  return server.kind === 'remote' && isIn(server, 'starting');
}
