/** `omcm dashboard`: the daemon opens the page's listener, and a browser is sent there. */
import { dashboardOpenedSchema } from '../../protocol/live.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { openBrowser } from '../dashboard/open-browser.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';

type Options = { readonly open: boolean; readonly port?: number };

const MAX_PORT = 65_535;

export const defineDashboard: DefineCommand = (command, cli) => {
  const { dashboard: text } = cli.m;
  command
    .option('--no-open', text.optionNoOpen)
    .option('--port <n>', text.optionPort, (given: string) => parsePort(given, cli))
    .action((options: Options) => show(cli, options));
  addExamples(command, cli, [
    ['omcm dashboard', text.examplePlain],
    ['omcm dashboard --no-open', text.exampleNoOpen],
    ['omcm dashboard --port 7331', text.examplePort],
  ]);
};

async function show(cli: Cli, { open, port }: Options): Promise<void> {
  const { output, m, env, settings } = cli;
  await reachDaemon(cli);
  const opened = await ask(cli, port);
  output.say(m.dashboard.opened());
  output.result(opened, () => opened.url);
  if (open && output.dataOnTerminal && settings().json !== true) openBrowser(opened.url, env);
}

async function ask({ m, paths: { socketPath } }: Cli, port: number | undefined) {
  const body = port === undefined ? {} : { port };
  const call = { socketPath, method: 'POST', path: '/v1/dashboard', body } as const;
  try {
    return await askDaemon(call, dashboardOpenedSchema, m);
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'daemon-port-taken') throw error;
    const message = m.dashboard.portTaken(port ?? 0);
    throw new CommandError({
      code: 'port-taken',
      exit: 'failed',
      message,
      hint: m.dashboard.portTakenHint(),
    });
  }
}

function parsePort(text: string, { m }: Cli): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value >= 1 && value <= MAX_PORT) return value;
  throw new CommandError({ code: 'usage', exit: 'usage', message: m.dashboard.invalidPort(text) });
}
