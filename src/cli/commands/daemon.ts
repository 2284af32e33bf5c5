/** `omcm daemon …`: the background process, by hand. Nobody has to: every client starts it when it is needed. */
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { defineLogs } from './daemon/logs.ts';
import { defineRestart } from './daemon/restart.ts';
import { defineServe } from './daemon/serve.ts';
import { defineStart } from './daemon/start.ts';
import { defineStatus } from './daemon/status.ts';
import { defineStop } from './daemon/stop.ts';

export const defineDaemon: DefineCommand = (command, cli) => {
  const { daemon: text } = cli.m;
  defineStart(command.command('start').description(text.startSummary), cli);
  defineStop(command.command('stop').description(text.stopSummary), cli);
  defineRestart(command.command('restart').description(text.restartSummary), cli);
  defineStatus(command.command('status').description(text.statusSummary), cli);
  defineLogs(command.command('logs').description(text.logsSummary), cli);
  defineServe(command.command('serve').description(text.serveSummary), cli);
  addExamples(command, cli, [
    ['omcm daemon status --json', text.exampleStatus],
    ['omcm daemon stop --now', text.exampleStop],
    ['omcm daemon logs -n 200 --follow', text.exampleLogs],
  ]);
};
