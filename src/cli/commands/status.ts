/** `omcm status`: how things stand here, or with `--team` on all machines that share a Redis. */
import { readHealth } from '../../client/ensure-daemon.ts';
import { statusSchema, type TeamStatus, type TeamWorker } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { showDaemon } from '../daemon/show-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { formatDuration } from '../format-amounts.ts';
import { addExamples } from '../list-examples.ts';
import type { Messages } from '../messages.ts';
import { renderTable } from '../render-table.ts';

export const defineStatus: DefineCommand = (command, cli) => {
  const { status: text } = cli.m;
  command
    .option('--team', text.optionTeam)
    .action(({ team }: { readonly team?: true }) => (team ? showTeam(cli) : showDaemon(cli)));
  addExamples(command, cli, [
    ['omcm status', text.summary],
    ['omcm status --team', text.optionTeam],
    ['omcm status --team --json', text.exampleJson],
  ]);
};

async function showTeam(cli: Cli): Promise<void> {
  const { output, m, paths } = cli;
  const { socketPath } = paths;
  if ((await readHealth(socketPath)) === null) await reachDaemon(cli);
  const { team } = await askDaemon({ socketPath, path: '/v1/status' }, statusSchema, m);
  if (team === undefined)
    throw new CommandError({
      code: 'no-team',
      exit: 'failed',
      message: m.status.noTeam(),
      hint: m.status.noTeamHint(),
    });
  output.result(team, () => renderTeam(team, cli));
}

function renderTeam(team: TeamStatus, { m, output }: Cli): string {
  const { redis, namespace, workers, queued, protocol } = team;
  const { status: text } = m;
  const stateOf = (worker: TeamWorker) => {
    if (worker.protocol !== protocol) return text.stranger(worker.protocol ?? 0);
    return worker.draining ? text.draining() : text.working();
  };
  const now = Date.now();
  const rows = workers.map((worker) => [
    worker.id,
    worker.version,
    worker.providers.join(', ') || '–',
    worker.tags.join(', ') || '–',
    `${worker.running}/${worker.concurrency}`,
    String(worker.done),
    worker.since === undefined ? '–' : formatDuration(Math.max(0, now - worker.since)),
    stateOf(worker),
  ]);
  return [
    text.queued(namespace, queued.waiting, queued.running),
    ...(redis === 'lost' ? [output.colours.yellow(text.redisLost())] : []),
    rows.length === 0 ? text.noWorkers() : renderTable(text.columns, rows),
    ...strangersIn(team, m).map((line) => output.colours.yellow(line)),
  ].join('\n');
}

/** Who is not understood here, and what to do about it. */
function strangersIn({ workers, schedulers = [], protocol = 0 }: TeamStatus, { status }: Messages) {
  const isStrange = ({ protocol: theirs = protocol }) => theirs !== protocol;
  return [
    ...workers
      .filter(isStrange)
      .map(({ id, host, version, protocol: theirs = 0 }) =>
        status.strangeWorker(id, version, theirs < protocol ? host : null),
      ),
    ...schedulers
      .filter(isStrange)
      .map(({ host, version, protocol: theirs }) =>
        status.strangeScheduler(host, version, theirs < protocol ? host : null),
      ),
  ];
}
