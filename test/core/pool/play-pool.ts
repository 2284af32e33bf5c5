// A pool to tell stories with: events in short words, actions in short words, and a clock that moves when told.

import { advancePool } from '../../../src/core/pool/advance-pool.ts';
import type { PoolAction } from '../../../src/core/pool/pool-action.ts';
import type { PoolEvent } from '../../../src/core/pool/pool-event.ts';
import type { PoolLimits } from '../../../src/core/pool/pool-limits.ts';
import { createPool, type PoolState } from '../../../src/core/pool/pool-state.ts';
import { NOW } from './pool-builders.ts';
import { LIMITS } from './pool-limits.ts';

export function playPool(changed: Partial<PoolLimits> = {}, remotes: readonly string[] = []) {
  const limits = { ...LIMITS, ...changed };
  let state: PoolState = createPool(remotes);
  let now = NOW;
  const tell = (event: PoolEvent): readonly string[] => {
    const step = advancePool(state, event, { limits, now });
    state = step.state;
    return step.actions.map(say);
  };
  return {
    tell,
    state: () => state,
    /** `server-1 ready, server-2 draining` */
    states: () => state.servers.map((server) => `${server.id} ${server.state.name}`).join(', '),
    pass: (ms: number) => {
      now += ms;
      return tell({ type: 'tick' });
    },
    /** Any remote can do it, unless some are named. */
    arrive: (task: string, patienceMs = 600_000, prefers: string | null = null, can = remotes) =>
      tell({ type: 'task-arrived', task, deadline: now + patienceMs, prefers, remotes: can }),
    release: (task: string, server: string) => tell({ type: 'lease-released', task, server }),
    started: (server: string, port = 4096) => tell({ type: 'server-started', server, port }),
    startFailed: (server: string, why = 'exit code 1') => tell({ type: 'server-start-failed', server, why }),
    exited: (server: string, why = 'SIGKILL') => tell({ type: 'server-exited', server, why }),
    probeOk: (server: string, rssBytes: number | null = null) => tell({ type: 'probe-ok', server, rssBytes }),
    probeFailed: (server: string) => tell({ type: 'probe-failed', server, why: 'no answer in 1 s' }),
  };
}

function say(action: PoolAction): string {
  switch (action.type) {
    case 'grant-lease':
      return `grant ${action.task} on ${action.server}`;
    case 'refuse-task':
      return `refuse ${action.task}: ${action.reason}${'why' in action ? ` (${action.why})` : ''}`;
    case 'start-server':
      return `start ${action.server}`;
    case 'stop-server':
      return `stop ${action.server}: ${action.why}`;
    case 'mark-task-lost':
      return `lost ${action.task} on ${action.server}`;
    case 'probe-server':
      return `probe ${action.server}`;
  }
}
