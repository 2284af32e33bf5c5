import { readHealth } from '../../../client/ensure-daemon.ts';
import { statusSchema } from '../../../protocol/status.ts';
import type { Cli } from '../../cli.ts';
import { askDaemon } from '../../daemon/ask-daemon.ts';
import { renderStatus } from '../../daemon/render-status.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';

export const defineStatus: DefineCommand = (command, cli) => {
  command.action(() => showStatus(cli));
  addExamples(command, cli, [['omcm daemon status --json', cli.m.daemon.exampleStatus]]);
};

async function showStatus(cli: Cli): Promise<void> {
  const { output, m, paths } = cli;
  const { socketPath } = paths;
  if ((await readHealth(socketPath)) === null) {
    output.result({ running: false, socketPath, status: null }, m.daemon.notRunning);
    return cli.finish('daemonUnreachable');
  }
  const status = await askDaemon({ socketPath, path: '/v1/status' }, statusSchema, m);
  const view = { m, output, socketPath, now: Date.now() };
  output.result({ running: true, socketPath, status }, () => renderStatus(status, view));
}
