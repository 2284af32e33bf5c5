import type { Cli } from '../../cli.ts';
import { addStopOptions, type StopFlags, stopAsAsked } from '../../daemon/stop-options.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';

export const defineStop: DefineCommand = (command, cli) => {
  addStopOptions(command, cli);
  command.action((flags: StopFlags) => stop(cli, flags));
  addExamples(command, cli, [['omcm daemon stop --now', cli.m.daemon.exampleStop]]);
};

async function stop(cli: Cli, flags: StopFlags): Promise<void> {
  const { output, m } = cli;
  const stopped = await stopAsAsked(cli, flags);
  const pid = stopped.kind === 'stopped' ? stopped.pid : null;
  output.result({ stopped: pid !== null, pid }, () => '');
  output.say(pid === null ? m.daemon.nothingToStop() : m.daemon.stopped(pid));
}
