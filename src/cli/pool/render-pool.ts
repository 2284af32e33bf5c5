/** What `omcm pool status` says to a person. */
import type { PoolStatus, ServerStatus } from '../../protocol/status.ts';
import { formatDuration } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { renderTable } from '../render-table.ts';

const MEGABYTE = 1024 * 1024;

export function renderPool(status: PoolStatus, { pool, daemon }: Messages, now: number): string {
  const { servers, sessionsPerServer, waiting, minServers, maxServers } = status;
  const bounds = pool.bounds(minServers, maxServers, sessionsPerServer);
  if (servers.length === 0) return `${pool.empty()}\n${bounds}`;
  const running = servers.reduce((sum, server) => sum + server.tasksRunning, 0);
  const ready = servers.filter(({ state }) => state === 'ready').length;
  const rows = servers.map((server) => renderServer(server, daemon, now));
  const load = pool.load(running, ready * sessionsPerServer, waiting);
  const outage = status.outage === null ? [] : [status.outage];
  return [renderTable(pool.columns, rows), load, ...outage, bounds].join('\n');
}

function renderServer(server: ServerStatus, daemon: Messages['daemon'], now: number): readonly string[] {
  const { port, url, pid, state, tasksRunning, tasksDone, rssBytes, startedAt, lastError } = server;
  return [
    url ?? orDash(port, String),
    orDash(pid, String),
    daemon.serverState(state),
    String(tasksRunning),
    String(tasksDone),
    orDash(rssBytes, (bytes) => `${Math.round(bytes / MEGABYTE)} MB`),
    orDash(startedAt, (since) => formatDuration(Math.max(0, now - since))),
    lastError ?? '–',
  ];
}

function orDash<T>(value: T | null, render: (value: T) => string): string {
  return value === null ? '–' : render(value);
}
