// A round as one step for whoever conducts: its tasks are waited for, what stayed on Claude is handed back, and
// where nothing did, the checks are run and the round is judged.
import { limitBehind } from '../../core/autopilot/limit-behind.ts';
import type { SessionAutopilot } from '../../protocol/autopilot.ts';
import type { Cli } from '../cli.ts';
import type { RunResult } from '../runs/run-result.ts';
import { stopOnSignal } from '../stop-on-signal.ts';
import { judgeRound, readAutopilot } from './ask-autopilot.ts';
import { type CheckResult, runCheck } from './run-check.ts';
import { waitForRun } from './wait-for-run.ts';

export type RoundResult = {
  readonly autopilot: SessionAutopilot;
  readonly run: RunResult | null;
  /** `null`: the round has not been judged. */
  readonly checks: readonly CheckResult[] | null;
};

export type RoundSettings = {
  readonly session: string;
  readonly more: boolean;
  readonly waitMs: number;
};

export const CHECK_TIMEOUT_MS = 15 * 60_000;

/** To its verdict, unless something stayed on Claude, or it was ended meanwhile. */
export async function playRound(
  cli: Cli,
  autopilot: SessionAutopilot,
  settings: RoundSettings,
): Promise<RoundResult> {
  const { stage } = autopilot;
  if (stage.name !== 'working') return endRound(cli, autopilot, settings);
  const run = await waitForRun(cli, stage.runId, settings.waitMs);
  const now = await readAutopilot(cli, settings.session);
  const isOpen = run !== null && (!run.done || ownTasks(run).length > 0);
  if (isOpen || now.stage.name === 'ended') return { autopilot: now, run, checks: null };
  return verify(cli, now, run, settings);
}

/** What stayed on Claude has been done meanwhile, and its reports have been told. */
export async function endRound(
  cli: Cli,
  autopilot: SessionAutopilot,
  settings: RoundSettings,
): Promise<RoundResult> {
  const { stage } = autopilot;
  if (stage.name === 'ended') return { autopilot, run: null, checks: null };
  const run = stage.name === 'working' ? await waitForRun(cli, stage.runId, settings.waitMs) : null;
  if (run !== null && !run.done) return { autopilot, run, checks: null };
  return verify(cli, autopilot, null, settings);
}

async function verify(
  cli: Cli,
  { directory, checks: commands }: SessionAutopilot,
  run: RunResult | null,
  { session, more }: RoundSettings,
): Promise<RoundResult> {
  return stopOnSignal(async (signal) => {
    const how = { directory, env: cli.env, timeoutMs: CHECK_TIMEOUT_MS, signal };
    const checks: CheckResult[] = [];
    for (const command of commands) checks.push(await runCheck(command, how));
    signal.throwIfAborted();
    const verdicts = checks.map(({ command, passed, trace }) => ({ command, passed, trace }));
    return { autopilot: await judgeRound(cli, session, { checks: verdicts, more }), run, checks };
  });
}

/** What the conductor is to do itself; not what nobody would take now, which ends the loop. */
export function ownTasks(run: RunResult): readonly string[] {
  return run.tasks
    .filter(({ end }) => end?.outcome === 'claude' && limitBehind(end.reason) === null)
    .map(({ id }) => id);
}
