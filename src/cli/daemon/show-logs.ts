/** `omcm daemon logs`: the end of the structured log, and what the daemon printed if it died of something. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { followFile, linesIn } from './follow-file.ts';
import { renderLogLine } from './render-log-line.ts';

export type LogOptions = { readonly lines: number; readonly follow: boolean };

export async function showLogs(cli: Cli, { lines, follow }: LogOptions): Promise<void> {
  const { output, paths, m } = cli;
  const file = join(paths.logsDir, 'omcmd.log');
  const text = await readFile(file, 'utf8').catch(() => null);
  const whole = (text ?? '').slice(0, (text ?? '').lastIndexOf('\n') + 1);
  const print = printerOf(cli);
  for (const line of linesIn(whole).slice(-lines)) print(line);
  if (text === null) output.say(m.daemon.noLog(file));
  await showCrash(cli, file, lines);
  if (!follow) return;
  for await (const line of followFile(file, Buffer.byteLength(whole))) print(line);
}

/** With `--json` each line is what the daemon wrote: a JSON value by itself, as it may go on for ever. */
function printerOf({ output, settings }: Cli): (line: string) => void {
  return (line) => output.write(`${settings().json ? line : renderLogLine(line, output.colours)}\n`);
}

/** What a dying process prints goes to a file of its own; it is old news once the log has gone on. */
async function showCrash({ output, paths, m }: Cli, log: string, lines: number): Promise<void> {
  const file = join(paths.logsDir, 'omcmd.out');
  const [printed, logged] = await Promise.all([changedAt(file), changedAt(log)]);
  if (printed === 0 || printed < logged) return;
  const said = linesIn(await readFile(file, 'utf8').catch(() => '')).slice(-lines);
  if (said.length === 0) return;
  output.say(m.daemon.crashOutput(file));
  for (const line of said) output.say(`  ${printableText(line)}`);
}

async function changedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs, size }) => (size > 0 ? mtimeMs : 0),
    () => 0,
  );
}
