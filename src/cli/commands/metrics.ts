/** `omcm metrics`: what Prometheus is told, for a collector that reads files. Without a daemon, that there is none. */
import writeFileAtomic from 'write-file-atomic';
import { callDaemon, type DaemonAnswer, DaemonUnreachable } from '../../client/call-daemon.ts';
import { daemonUp } from '../../core/metrics/daemon-up.ts';
import type { MetricFamily } from '../../core/metrics/metric-family.ts';
import { metricsSchema } from '../../protocol/metrics.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { strangeAnswer } from '../daemon/ask-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';

const TIMEOUT_MS = 10_000;

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
  const { output, m } = cli;
  const isJson = cli.settings().json === true && out === undefined;
  const answer = await ask(cli, isJson ? '/v1/metrics' : '/metrics');
  if (answer === null) output.say(m.metrics.noDaemon());
  const text = answer?.text ?? NO_DAEMON;
  if (out !== undefined) return write(out, text, cli);
  if (!isJson) return output.write(text);
  const parsed = metricsSchema.safeParse(answer === null ? { metrics: [daemonUp(false)] } : answer.body);
  if (!parsed.success) throw strangeAnswer(m);
  output.result(parsed.data, () => '');
}

/** One question and no more: whether it is there is no reason for a daemon to stay. `null`: none answers. */
async function ask({ paths, m }: Cli, path: string): Promise<DaemonAnswer | null> {
  try {
    const answer = await callDaemon({ socketPath: paths.socketPath, path, timeoutMs: TIMEOUT_MS });
    if (answer.status === 200) return answer;
    throw strangeAnswer(m);
  } catch (error) {
    if (error instanceof DaemonUnreachable) return null;
    throw error;
  }
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
