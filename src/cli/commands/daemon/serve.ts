import { pathToFileURL } from 'node:url';
import { readHealth } from '../../../client/ensure-daemon.ts';
import type { Cli } from '../../cli.ts';
import { CommandError } from '../../command-error.ts';
import { daemonProgram } from '../../daemon/daemon-program.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';

export const defineServe: DefineCommand = (command, cli) => {
  command.action(() => serve(cli));
  addExamples(command, cli, [['omcm daemon serve', cli.m.daemon.serveSummary]]);
};

/** In this very process, so that whoever watches it, or kills it, watches the daemon. */
async function serve({ paths, m, output, finish }: Cli): Promise<void> {
  const program = daemonProgram(m);
  const health = await readHealth(paths.socketPath);
  if (health !== null) {
    const message = m.daemon.alreadyRunning(health.version, health.pid);
    throw new CommandError({ code: 'already-running', exit: 'failed', message });
  }
  output.say(m.daemon.serving(paths.socketPath, paths.logsDir));
  await import(pathToFileURL(program).href);
  if (process.exitCode) finish('failed');
}
