import type { Cli } from '../cli.ts';
import type { Exit } from '../exit-codes.ts';
import { renderReports } from '../runs/render-reports.ts';
import { CHECK_TIMEOUT_MS, ownTasks, type RoundResult } from './play-round.ts';
import { renderAutopilot } from './render-autopilot.ts';
import { renderChecks } from './render-checks.ts';

export function tellRound(cli: Cli, result: RoundResult): void {
  cli.output.result(result, () => renderRoundResult(cli, result));
  cli.finish(exitOf(result));
}

function renderRoundResult(cli: Cli, { autopilot, run, checks }: RoundResult): string {
  const text = cli.m.autopilot;
  const isOpen = run !== null && checks === null && autopilot.stage.name === 'working';
  if (isOpen && !run.done) {
    const ended = run.tasks.filter(({ end }) => end !== null).length;
    return `${text.running(ended, run.tasks.length)}\n${text.next.working()}`;
  }
  return [
    ...(run === null ? [] : renderReports(run.tasks, cli)),
    ...(checks === null ? [] : renderChecks(checks, CHECK_TIMEOUT_MS, cli)),
    isOpen ? text.next.own(ownTasks(run).join(', ')) : renderAutopilot(autopilot, Date.now(), cli.m),
  ].join('\n\n');
}

/** An end without its goal is no success; a round that has failed at something is no failure of the command. */
function exitOf({ autopilot: { stage } }: RoundResult): Exit {
  if (stage.name !== 'ended') return 'ok';
  return stage.reason === 'goal-met' || stage.reason === 'tasks-done' ? 'ok' : 'taskFailed';
}
