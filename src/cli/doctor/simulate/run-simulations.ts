/** `omcm doctor --simulate`: one scenario after the other, each told as it ends, with everything ended that it started. */
import type { Cli } from '../../cli.ts';
import { CommandError } from '../../command-error.ts';
import { daemonProgram } from '../../daemon/daemon-program.ts';
import { findPrograms } from '../../demo/processes/find-programs.ts';
import { watchForTheEnd } from '../../demo/processes/watch-for-the-end.ts';
import { demoWordsFor } from '../../demo/words.ts';
import { formatDuration } from '../../format-amounts.ts';
import type { ScenarioName } from './scenario-names.ts';
import { SCENARIOS, type Step } from './scenarios.ts';
import { openStage, type StageOptions } from './stage.ts';

type Played = {
  readonly scenario: ScenarioName;
  readonly ok: boolean;
  readonly steps: readonly Step[];
  readonly ms: number;
};

export async function runSimulations(cli: Cli, names: readonly ScenarioName[]): Promise<void> {
  const { output, m } = cli;
  const words = demoWordsFor(m);
  const [program, path] = [daemonProgram(m), findPrograms(cli.env, words)];
  const watch = watchForTheEnd();
  const played: Played[] = [];
  try {
    for (const scenario of names) {
      output.say(output.talkColours.dim(m.simulate.playing(m.simulate.scenario[scenario])));
      const one = await play(cli, scenario, { program, path, words, signal: watch.signal });
      if (cli.settings().json !== true) output.write(`${render(one, cli)}\n`);
      played.push(one);
    }
  } catch (error) {
    if (watch.why() === null) throw error;
    const message = words.interrupted;
    throw new CommandError({ code: 'interrupted', exit: 'interrupted', message });
  } finally {
    watch.release();
  }
  output.result({ simulations: played }, () => '');
  const failed = played.filter(({ ok }) => !ok).length;
  output.say(m.simulate.total(played.length - failed, failed));
  if (failed > 0) cli.finish('problemsFound');
}

async function play(
  { m }: Cli,
  scenario: ScenarioName,
  options: Omit<StageOptions, 'config' | 'login'>,
): Promise<Played> {
  const startedAt = performance.now();
  const { play: perform, ...setting } = SCENARIOS[scenario];
  const stage = await openStage({ ...setting, ...options });
  let steps: readonly Step[] = [];
  let left: readonly number[] = [];
  try {
    steps = await perform(stage, m.simulate);
  } finally {
    left = await stage.close();
  }
  const told = [...steps, ...left.map((pid) => ({ ok: false, what: m.simulate.leftBehind(pid) }))];
  const ms = Math.round(performance.now() - startedAt);
  return { scenario, ok: told.every(({ ok }) => ok), steps: told, ms };
}

function render({ scenario, steps, ms }: Played, { output: { colours }, m }: Cli): string {
  const heading = `${colours.bold(scenario)}  ${m.simulate.scenario[scenario]}  ${colours.dim(formatDuration(ms))}`;
  const lines = steps.map(({ ok, what }) => `  ${ok ? colours.green('✓') : colours.red('✗')} ${what}`);
  return [heading, ...lines].join('\n');
}
