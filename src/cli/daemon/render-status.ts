/** What `omcm daemon status` says to a person. */
import type { Status } from '../../protocol/status.ts';
import { VERSION } from '../../version.ts';
import type { Cli } from '../cli.ts';
import { describeResting } from '../describe-resting.ts';
import { formatDuration } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { renderTable } from '../render-table.ts';
import { renderStanding } from '../rescue/render-rescue.ts';

export type StatusView = Pick<Cli, 'm' | 'output'> & { readonly socketPath: string; readonly now: number };

export function renderStatus(status: Status, { m, output, socketPath, now }: StatusView): string {
  const { daemon } = m;
  const { version, pid, startedAt, state, tasks, sessions } = status;
  const uptime = formatDuration(Math.max(0, now - startedAt));
  return [
    output.colours.green(daemon.running(version, pid, uptime)),
    ...(state === 'draining' ? [output.colours.yellow(daemon.drainingNow())] : []),
    ...(version === VERSION ? [] : [output.colours.yellow(daemon.otherVersion(VERSION))]),
    daemon.tasks(tasks),
    ...(tasks.failedOpen > 0 ? [output.colours.yellow(daemon.failedOpen(tasks.failedOpen))] : []),
    ...(status.fallback?.active
      ? [output.colours.yellow(daemon.fallback(status.fallback.reason ?? ''))]
      : []),
    ...(status.rescues ?? []).map((one) => output.colours.yellow(renderStanding(one, m))),
    daemon.sessions(sessions),
    ...renderSharing(status, { m, output }),
    ...section(
      daemon.resting(),
      (status.resting ?? []).map((one) => describeResting(one, m, now)),
    ),
    ...renderServers(status, m, now),
    ...section(
      daemon.settingsIgnored(),
      status.configProblems.map(({ message }) => message),
    ),
    ...section(
      daemon.recentProblems(),
      status.recentProblems.map((problem) => renderProblem(problem)),
    ),
    daemon.places(socketPath, status.stateDir),
  ].join('\n');
}

export function renderProblem({ at, code, message }: Status['recentProblems'][number]): string {
  return `${new Date(at).toISOString()} ${code}: ${message}`;
}

function renderSharing(
  { sharing }: Status,
  { m: { daemon }, output }: Pick<StatusView, 'm' | 'output'>,
): readonly string[] {
  if (sharing === undefined) return [];
  const { redis, namespace, what, accounts } = sharing;
  const line = daemon.sharing(namespace, what.join(', '), accounts.join(', '));
  return redis === 'answers' ? [line] : [line, output.colours.yellow(daemon.sharingLost())];
}

function renderServers(
  { opencode: { servers } }: Status,
  { daemon }: Messages,
  now: number,
): readonly string[] {
  if (servers.length === 0) return [daemon.noServers()];
  const rows = servers.map(({ port, pid, state, tasksRunning, tasksDone, startedAt }) => [
    numberOrDash(port),
    numberOrDash(pid),
    daemon.serverState(state),
    String(tasksRunning),
    String(tasksDone),
    startedAt === null ? '–' : formatDuration(Math.max(0, now - startedAt)),
  ]);
  const errors = servers.flatMap(({ lastError }) =>
    lastError === null ? [] : [daemon.lastError(lastError)],
  );
  const table = renderTable(daemon.serverColumns, rows).split('\n');
  return [daemon.servers(), ...indent([...table, ...errors])];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...indent(lines)];
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

/** A server that has not started yet has neither port nor process. */
function numberOrDash(value: number | null): string {
  return value === null ? '–' : String(value);
}
