// When will the passing of time alone have something to be done? Until then no `tick` is needed.

import type { PoolLimits } from './pool-limits.ts';
import type { PoolState } from './pool-state.ts';
import { nextProbeAt } from './probe-servers.ts';
import type { Server } from './server-state.ts';

/** `null`: never. What is due already waits for an event, or it would have been done. */
export function nextWake(state: PoolState, limits: PoolLimits, now: number): number | null {
  const deadlines = state.waiting.map(({ deadline }) => deadline);
  const low = state.lowSince === null ? [] : [state.lowSince + limits.scaleDownAfterMs];
  const times = [...deadlines, ...low, ...state.servers.flatMap((server) => timesOf(server, limits))];
  const ahead = times.filter((time) => time > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function timesOf({ kind, state }: Server, limits: PoolLimits): readonly number[] {
  switch (state.name) {
    case 'starting':
    case 'stopping':
      return [];
    case 'ready': {
      const probe = nextProbeAt(state, limits);
      return kind === 'remote' || limits.maxAgeMs === null
        ? [probe]
        : [probe, state.startedAt + limits.maxAgeMs];
    }
    case 'draining':
      return [nextProbeAt(state, limits)];
    case 'failed':
      return [state.retryAt];
    case 'given-up':
      return [state.since + limits.giveUpForMs];
  }
}
