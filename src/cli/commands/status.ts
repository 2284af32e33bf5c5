/** `omcm status`: how things stand here, or with `--team` on all machines that share a Redis. */
import { readHealth } from '../../client/ensure-daemon.ts';
import { statusSchema, type TeamStatus } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { showDaemon } from '../daemon/show-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
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

function renderTeam({ redis, namespace, workers, queued }: TeamStatus, { m, output }: Cli): string {
  const { status: text } = m;
  const rows = workers.map((worker) => [
    worker.id,
    worker.version,
    worker.providers.join(', ') || '–',
    worker.tags.join(', ') || '–',
    `${worker.running}/${worker.concurrency}`,
    String(worker.done),
    worker.draining ? text.draining() : text.working(),
  ]);
  return [
    text.queued(namespace, queued.waiting, queued.running),
    ...(redis === 'lost' ? [output.colours.yellow(text.redisLost())] : []),
    rows.length === 0 ? text.noWorkers() : renderTable(text.columns, rows),
  ].join('\n');
}
