/** `omcm metrics`: what Prometheus is told, for a collector that reads files. Without a daemon, that there is none. */
import writeFileAtomic from 'write-file-atomic';
import { callDaemon } from '../../client/call-daemon.ts';
import { readHealth } from '../../client/ensure-daemon.ts';
import { daemonUp } from '../../core/metrics/daemon-up.ts';
import type { MetricFamily } from '../../core/metrics/metric-family.ts';
import { metricsSchema } from '../../protocol/metrics.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon, strangeAnswer } from '../daemon/ask-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';

export const defineMetrics: DefineCommand = (command, cli) => {
  const { metrics: text } = cli.m;
  command
    .option('--out <file>', text.optionOut)
    .action((options: { out?: string }) => showMetrics(cli, options));
  addExamples(command, cli, [
    ['omcm metrics', text.examplePlain],
    ['omcm metrics --out /var/lib/node_exporter/omcm.prom', text.exampleOut],
    ['omcm metrics --json', text.exampleJson],
  ]);
};

async function showMetrics(cli: Cli, { out }: { readonly out?: string }): Promise<void> {
  const { output, m, paths } = cli;
  const { socketPath } = paths;
  const isThere = (await readHealth(socketPath)) !== null;
  if (!isThere) output.say(m.metrics.noDaemon());
  if (out !== undefined) return write(out, isThere ? await readText(cli) : NO_DAEMON, cli);
  if (cli.settings().json) {
    const none = { metrics: [daemonUp(false)] };
    const said = isThere ? await askDaemon({ socketPath, path: '/v1/metrics' }, metricsSchema, m) : none;
    return output.result(said, () => '');
  }
  output.write(isThere ? await readText(cli) : NO_DAEMON);
}

async function readText({ paths, m }: Cli): Promise<string> {
  const { status, text } = await callDaemon({
    socketPath: paths.socketPath,
    path: '/metrics',
    timeoutMs: 10_000,
  });
  if (status === 200) return text;
  throw strangeAnswer(m);
}

/** As a whole, so that a collector never reads half of it; and readable, because it is another user. */
async function write(file: string, text: string, { m, output }: Cli): Promise<void> {
  try {
    await writeFileAtomic(file, text, { mode: 0o644 });
  } catch (error) {
    const message = m.metrics.notWritten(file, error instanceof Error ? error.message : String(error));
    throw new CommandError({ code: 'not-written', exit: 'failed', message });
  }
  output.result({ file }, () => '');
}

const NO_DAEMON = textOf(daemonUp(false));

function textOf({ name, help, type, samples }: MetricFamily): string {
  const lines = samples.map(({ value }) => `${name} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}
