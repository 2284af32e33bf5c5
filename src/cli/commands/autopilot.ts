/** `omcm autopilot …`: a goal, worked towards in rounds until it is met or a limit ends it. */
import type { Command } from 'commander';
import { AUTOPILOT_GUIDE } from '../../core/autopilot/guide.ts';
import type { AutopilotStart, RoundRequest } from '../../protocol/autopilot.ts';
import { beginRound, readAutopilot, startAutopilot, stopAutopilot } from '../autopilot/ask-autopilot.ts';
import { findProjectChecks } from '../autopilot/find-project-checks.ts';
import { endRound, playRound, type RoundSettings } from '../autopilot/play-round.ts';
import { renderAutopilot } from '../autopilot/render-autopilot.ts';
import { namedSession, sessionOf } from '../autopilot/session-of.ts';
import { tellRound } from '../autopilot/tell-round.ts';
import { readTasks } from '../batch/read-tasks.ts';
import { tellProblems } from '../batch/tell-problems.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { sessionRights } from '../mode/session-rights.ts';
import { count } from '../option-parsers.ts';
import { addDirectoryOption, addSessionOptions, type SessionOptions } from '../routing-options.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = { readonly session?: string };

type StartOptions = Options & {
  readonly check?: readonly string[];
  /** `false` for --no-checks. */
  readonly checks: boolean;
  readonly rounds?: number;
  readonly budget?: number;
  readonly minutes?: number;
  readonly directory?: string;
};

type RoundOptions = Options &
  Omit<SessionOptions, 'directory'> & {
    readonly more?: true;
    readonly workers?: number;
    readonly wait?: number;
  };

/** A command that Claude Code runs may take ten minutes, and the checks need some of them. */
const WAIT_SECONDS = 480;

export const defineAutopilot: DefineCommand = (command, cli) => {
  const { autopilot: text } = cli.m;
  const sub = (name: string, summary: string) =>
    command.command(name).description(summary).option('--session <id>', text.optionSession);
  defineStart(sub('start', text.startSummary), cli);
  defineRound(sub('round', text.roundSummary), cli);
  sub('verify', text.verifySummary)
    .option('--more', text.optionMore)
    .action((options: RoundOptions) => judge(cli, options));
  sub('show', text.showSummary).action((options: Options) => show(cli, options));
  sub('cancel', text.cancelSummary).action((options: Options) => cancel(cli, options));
  command
    .command('guide')
    .description(text.guideSummary)
    .action(() => cli.output.result({ guide: AUTOPILOT_GUIDE }, () => AUTOPILOT_GUIDE));
  addExamples(command, cli, [
    ['omcm autopilot start "All tests pass" --check "npm test" --budget 500000', text.exampleStart],
    ['omcm autopilot round - < tasks.yaml', text.exampleRound],
    ['omcm autopilot show --json', text.exampleShow],
  ]);
};

function defineStart(command: Command, cli: Cli): void {
  const { autopilot: text } = cli.m;
  command
    .argument('<goal>', text.argumentGoal)
    .option('--check <command>', text.optionCheck, (one: string, before: readonly string[] = []) => [
      ...before,
      one,
    ])
    .option('--no-checks', text.optionNoChecks)
    .option('--rounds <count>', text.optionRounds, count(cli.m, '--rounds'))
    .option('--budget <tokens>', text.optionBudget, count(cli.m, '--budget'))
    .option('--minutes <count>', text.optionMinutes, count(cli.m, '--minutes'))
    .action((goal: string, options: StartOptions) => start(cli, goal, options));
  addDirectoryOption(command, cli.m);
}

function defineRound(command: Command, cli: Cli): void {
  const { autopilot: text } = cli.m;
  command
    .argument('[tasks]', text.argumentTasks)
    .option('--more', text.optionMore)
    .option('--workers <count>', cli.m.batch.optionWorkers, count(cli.m, '--workers'))
    .option('--wait <seconds>', text.optionWait, count(cli.m, '--wait'))
    .action((file: string | undefined, options: RoundOptions) => round(cli, file, options));
  addSessionOptions(command, cli);
}

async function start(cli: Cli, goal: string, options: StartOptions): Promise<void> {
  const { output, m } = cli;
  const { rounds, budget, minutes } = options;
  const directory = await taskDirectory(options.directory, m);
  const checks = options.checks ? (options.check ?? (await findProjectChecks(directory))) : [];
  const request: AutopilotStart = {
    sessionId: namedSession(cli, options.session),
    goal,
    directory,
    checks: [...checks],
    limits: {
      ...(rounds === undefined ? {} : { rounds }),
      ...(budget === undefined ? {} : { tokens: budget }),
      ...(minutes === undefined ? {} : { ms: minutes * 60_000 }),
    },
  };
  await reachDaemon(cli);
  const autopilot = await startAutopilot(cli, request);
  output.result({ autopilot }, () => {
    const { limits } = autopilot;
    return `${m.autopilot.started(checks)}\n${m.autopilot.next.planning(1, limits.rounds)}`;
  });
}

async function round(cli: Cli, file: string | undefined, options: RoundOptions): Promise<void> {
  await reachDaemon(cli);
  const session = await sessionOf(cli, options.session);
  const settings = toSettings(session, options);
  if (file === undefined) {
    const autopilot = await readAutopilot(cli, session);
    if (autopilot.stage.name === 'planning') throw noRound(cli);
    return tellRound(cli, await playRound(cli, autopilot, settings));
  }
  const read = await readTasks(cli, file);
  if (!read.ok) return tellProblems(cli, file, read.problems);
  const { mode, workers } = options;
  const permissionMode = await sessionRights(cli, options.permissionMode);
  const request: RoundRequest = {
    tasks: read.plan.tasks.map((task) => ({
      ...task,
      files: [...task.files],
      dependsOn: [...task.dependsOn],
      tags: [...(task.tags ?? [])],
    })),
    ...(mode === undefined ? {} : { mode }),
    ...(permissionMode === undefined ? {} : { permissionMode }),
    ...(workers === undefined ? {} : { maxWorkers: workers }),
  };
  tellRound(cli, await playRound(cli, await beginRound(cli, session, request), settings));
}

async function judge(cli: Cli, options: RoundOptions): Promise<void> {
  await reachDaemon(cli);
  const session = await sessionOf(cli, options.session);
  tellRound(cli, await endRound(cli, await readAutopilot(cli, session), toSettings(session, options)));
}

async function show(cli: Cli, options: Options): Promise<void> {
  await reachDaemon(cli);
  const autopilot = await readAutopilot(cli, await sessionOf(cli, options.session));
  cli.output.result({ autopilot }, () => renderAutopilot(autopilot, Date.now(), cli.m));
}

async function cancel(cli: Cli, options: Options): Promise<void> {
  await reachDaemon(cli);
  const autopilot = await stopAutopilot(cli, await sessionOf(cli, options.session));
  cli.output.result({ autopilot }, () => renderAutopilot(autopilot, Date.now(), cli.m));
}

function toSettings(session: string, { more, wait = WAIT_SECONDS }: RoundOptions): RoundSettings {
  return { session, more: more === true, waitMs: wait * 1_000 };
}

function noRound({ m: { autopilot } }: Cli): CommandError {
  return new CommandError({
    code: 'no-round',
    exit: 'usage',
    message: autopilot.noRound(),
    hint: autopilot.noRoundHint(),
  });
}
