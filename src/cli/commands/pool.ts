/** `omcm pool …`: the warm servers, by hand. */
import { poolStatusSchema, statusSchema } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { renderPool } from '../pool/render-pool.ts';
import { watchPool } from '../pool/watch-pool.ts';

const MAX_SERVERS = 64;
const MAX_PORT = 65_535;

export const definePool: DefineCommand = (command, cli) => {
  const { pool: text } = cli.m;
  command
    .command('status')
    .description(text.statusSummary)
    .option('-w, --watch', text.optionWatch)
    .action(({ watch }: { readonly watch?: true }) => (watch ? watchPool(cli) : showPool(cli)));
  command
    .command('scale')
    .description(text.scaleSummary)
    .argument('<servers>', text.argumentServers)
    .action((servers: string) => changePool(cli, 'scale', { servers: parseServers(servers, cli) }));
  command
    .command('recycle')
    .description(text.recycleSummary)
    .argument('[port]', text.argumentPort)
    .action((port?: string) =>
      changePool(cli, 'recycle', port === undefined ? {} : { port: parsePort(port, cli) }),
    );
  addExamples(command, cli, [
    ['omcm pool status --json', text.exampleStatus],
    ['omcm pool scale 3', text.exampleScale],
    ['omcm pool recycle 4097', text.exampleRecycle],
  ]);
};

async function showPool({ output, m, paths: { socketPath } }: Cli): Promise<void> {
  const { opencode } = await askDaemon({ socketPath, path: '/v1/status' }, statusSchema, m);
  output.result(opencode, () => renderPool(opencode, m, Date.now()));
}

async function changePool(cli: Cli, what: 'scale' | 'recycle', body: object): Promise<void> {
  const { output, m, paths } = cli;
  const call = { socketPath: paths.socketPath, method: 'POST', path: `/v1/pool/${what}`, body } as const;
  const status = await askDaemon(call, poolStatusSchema, m);
  output.result(status, () => renderPool(status, m, Date.now()));
}

function parseServers(text: string, { m }: Cli): number {
  return parseWhole(text, { from: 0, to: MAX_SERVERS, message: m.pool.invalidServers(text) });
}

function parsePort(text: string, { m }: Cli): number {
  return parseWhole(text, { from: 1, to: MAX_PORT, message: m.pool.invalidPort(text) });
}

function parseWhole(
  text: string,
  { from, to, message }: { from: number; to: number; message: string },
): number {
  const value = Number(text);
  if (/^\d{1,6}$/.test(text) && value >= from && value <= to) return value;
  throw new CommandError({ code: 'usage', exit: 'usage', message });
}
