import type { Cli } from '../../cli.ts';
import { reachDaemon } from '../../daemon/reach-daemon.ts';
import { addStopOptions, type StopFlags, stopAsAsked } from '../../daemon/stop-options.ts';
import { tellStarted } from '../../daemon/tell-started.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';

export const defineRestart: DefineCommand = (command, cli) => {
  addStopOptions(command, cli);
  command.action((flags: StopFlags) => restart(cli, flags));
  addExamples(command, cli, [['omcm daemon restart', cli.m.daemon.restartSummary]]);
};

async function restart(cli: Cli, flags: StopFlags): Promise<void> {
  await stopAsAsked(cli, flags);
  tellStarted(await reachDaemon(cli), cli);
}
