/** `omcm why`: how did a call come to be answered by whom it was? Reads the log; needs no daemon. */
import type { DecisionRecord } from '../../adapters/files/decision-records.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { readRecords } from '../read-records.ts';
import { renderRecord } from '../why/render-record.ts';

export const defineWhy: DefineCommand = (command, cli) => {
  const { why: text } = cli.m;
  command
    .argument('[request]', text.argumentRequest)
    .option('--agent <name>', text.optionAgent)
    .action((request: string | undefined, options: { agent?: string }) => why(cli, request, options));
  addExamples(command, cli, [
    ['omcm why', text.exampleLast],
    ['omcm why --agent explore', text.exampleAgent],
    ['omcm why 5f0c --json', text.exampleRequest],
  ]);
};

async function why(
  cli: Cli,
  request = 'last',
  { agent }: { readonly agent?: string | undefined },
): Promise<void> {
  const records = await readRecords(cli);
  const ofAgent = records.filter((record) => agent === undefined || isOf(record, agent));
  const record = ofAgent.findLast(({ requestId }) => request === 'last' || isIdOf(request, requestId));
  if (record === undefined) throw notFound(cli, request);
  cli.output.result(record, () => renderRecord(record, cli));
}

/** The beginning of an id is enough, as long as it is one. */
function isIdOf(given: string, requestId: string): boolean {
  return given.length >= 4 && requestId.startsWith(given);
}

function isOf({ agent, subagentType }: DecisionRecord, name: string): boolean {
  return agent === name || subagentType === name;
}

function notFound({ m, paths }: Cli, request: string): CommandError {
  const message = request === 'last' ? m.why.noDecision(paths.routingLogFile) : m.why.noRequest(request);
  return new CommandError({ code: 'no-such-decision', exit: 'failed', message, hint: m.why.hint() });
}
