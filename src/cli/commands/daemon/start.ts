import { reachDaemon } from '../../daemon/reach-daemon.ts';
import { tellStarted } from '../../daemon/tell-started.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';

export const defineStart: DefineCommand = (command, cli) => {
  command.action(async () => tellStarted(await reachDaemon(cli), cli));
  addExamples(command, cli, [['omcm daemon start', cli.m.daemon.startSummary]]);
};
