// `omcm demo` from its first word to its exit code.
import { referenceCalls } from '../../simulation/reference-workload.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { daemonProgram } from '../daemon/daemon-program.ts';
import { askToGoOn } from './ask-to-go-on.ts';
import { type DemoReport, toJson } from './demo-report.ts';
import type { DemoWords } from './messages/en.ts';
import { performDemo } from './perform-demo.ts';
import { findPrograms } from './processes/find-programs.ts';
import { type EndWatch, watchForTheEnd } from './processes/watch-for-the-end.ts';
import type { Look } from './render/look.ts';
import { renderReport } from './render/render-report.ts';
import { createScreen } from './render/screen.ts';
import { openLiveStage } from './stages/live-stage.ts';
import { openSimulatedStage } from './stages/simulated-stage.ts';
import { demoWordsFor } from './words.ts';

export type DemoOptions = { readonly live: boolean; readonly keep: boolean; readonly yes: boolean };

export async function runDemo(cli: Cli, options: DemoOptions): Promise<void> {
  const { output } = cli;
  const { json = false, quiet = false } = cli.settings();
  const words = demoWordsFor(cli.m);
  const look = { words, colours: output.colours };
  const program = daemonProgram(cli.m);
  const path = findPrograms(cli.env, words);
  const intro = (options.live ? words.introLive : words.introOffline)(referenceCalls.length);
  const screen = createScreen({
    output,
    stderr: process.stderr,
    showsLines: !json && !quiet,
    showsProgress: !quiet && cli.env.TERM !== 'dumb',
    now: Date.now,
  });
  for (const line of intro) screen.line(line);
  if (options.live && !options.yes) await askToGoOn({ output, words, intro: json || quiet ? intro : [] });

  const watch = watchForTheEnd();
  try {
    screen.busy(words.busyPreparing);
    const stage = options.live ? await openLiveStage(cli, path) : await openSimulatedStage(path);
    const play = { stage, daemonProgram: program, screen, look, signal: watch.signal };
    const report = await performDemo(play, { keep: options.keep, output });
    screen.line('');
    tell(report, cli, look);
  } catch (error) {
    explain(error, watch, words);
  } finally {
    screen.idle();
    watch.release();
  }
}

function tell(report: DemoReport, { output, finish }: Cli, look: Look): void {
  const { words } = look;
  output.result(toJson(report, words.fault), () => renderReport(report, look));
  if (report.faults.length === 0) return;
  output.complain(output.talkColours.red(words.failed(report.faults.length)));
  for (const fault of report.faults) output.complain(`  ${words.fault(fault)}`);
  finish('failed');
}

/** Whatever broke after someone asked for the end broke because of it. */
function explain(error: unknown, watch: EndWatch, { interrupted }: DemoWords): void {
  const why = watch.why();
  if (why === null) throw error;
  if (why === 'interrupted') {
    throw new CommandError({ code: 'interrupted', exit: 'interrupted', message: interrupted });
  }
}
