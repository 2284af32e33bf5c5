import { showDaemon } from '../../daemon/show-daemon.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';

export const defineStatus: DefineCommand = (command, cli) => {
  command.action(() => showDaemon(cli));
  addExamples(command, cli, [['omcm daemon status --json', cli.m.daemon.exampleStatus]]);
};
