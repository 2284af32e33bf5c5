// `omcm demo` from its first word to its exit code.
import { referenceCalls } from '../../simulation/reference-workload.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { daemonProgram } from '../daemon/daemon-program.ts';
import { askToGoOn } from './ask-to-go-on.ts';
import { toJson } from './demo-report.ts';
import { performDemo } from './perform-demo.ts';
import { findPrograms } from './processes/find-programs.ts';
import { watchForTheEnd } from './processes/watch-for-the-end.ts';
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
    const stage = options.live ? openLiveStage(cli.paths, cli.env, path) : await openSimulatedStage(path);
    const play = { stage, daemonProgram: program, screen, look, signal: watch.signal };
    const report = await performDemo(play, { keep: options.keep, output });
    screen.idle();
    output.result(toJson(report, words.fault), () => renderReport(report, look));
    if (report.faults.length === 0) return;
    output.complain(output.talkColours.red(words.failed(report.faults.length)));
    for (const fault of report.faults) output.complain(`  ${words.fault(fault)}`);
    cli.finish('failed');
  } catch (error) {
    const why = watch.why();
    if (why === null) throw error;
    if (why === 'nobody-reads') return;
    throw new CommandError({ code: 'interrupted', exit: 'interrupted', message: words.interrupted });
  } finally {
    screen.idle();
    watch.release();
  }
}
