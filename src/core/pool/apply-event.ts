// What does an event change by itself, before anything is decided?

import { beginLife } from './begin-life.ts';
import { endLife } from './end-life.ts';
import { askRecycling, askScale } from './follow-request.ts';
import { addTask, cancelTask, releaseLease } from './follow-task.ts';
import { noteProbeFailed, noteProbeOk } from './note-probe.ts';
import { type PoolStep, stay } from './pool-action.ts';
import type { PoolEvent } from './pool-event.ts';
import type { PoolContext } from './pool-limits.ts';
import { findServer, type PoolState } from './pool-state.ts';
import { suspectServer } from './probe-servers.ts';
import type { Server } from './server-state.ts';

export function applyEvent(state: PoolState, event: PoolEvent, context: PoolContext): PoolStep {
  const of = (id: string, change: (server: Server) => PoolStep): PoolStep => {
    const server = findServer(state, id);
    return server === null ? stay(state) : change(server);
  };
  const { now } = context;
  switch (event.type) {
    case 'task-arrived':
      return stay(addTask(state, event, now));
    case 'task-cancelled':
      return stay(cancelTask(state, event.task));
    case 'lease-released':
      return stay(releaseLease(state, event));
    case 'server-started':
      return of(event.server, (server) => stay(beginLife(state, server, { port: event.port, now })));
    case 'server-start-failed':
    case 'server-exited':
      return of(event.server, (server) => endLife(state, server, { why: event.why, context }));
    case 'probe-ok':
      return of(event.server, (server) => noteProbeOk(state, server, { rssBytes: event.rssBytes, now }));
    case 'probe-failed':
      return of(event.server, (server) => noteProbeFailed(state, server, { why: event.why, context }));
    case 'server-suspected':
      return of(event.server, (server) => stay(suspectServer(state, server, context)));
    case 'tick':
      return stay(state);
    case 'recycle-asked':
      return stay(askRecycling(state, event.server));
    case 'scale-asked':
      return askScale(state, event.servers, context);
    case 'stop-asked':
      return stay({ ...state, stopping: true });
  }
}
