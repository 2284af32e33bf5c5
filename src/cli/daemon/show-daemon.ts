import { readHealth } from '../../client/ensure-daemon.ts';
import { statusSchema } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from './ask-daemon.ts';
import { renderStatus } from './render-status.ts';

export async function showDaemon(cli: Cli): Promise<void> {
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
