/** Many tasks at once: who does them, in which folders, on which machines, and the autopilots that start them. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { processStart } from '../../adapters/opencode/process-facts.ts';
import { createSecretSearch } from '../../context/scrub.ts';
import { admitRun } from '../budget/admit-run.ts';
import type { OpenDelegation } from '../delegation/open-delegation.ts';
import type { Ground } from '../ground.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import { watchRuns } from '../live/watch-runs.ts';
import { createServerLedger } from '../pool/server-ledger.ts';
import { mayWrite } from '../routing/may-write.ts';
import type { KnownSessions } from '../sessions/known-sessions.ts';
import type { SessionModes } from '../sessions/session-modes.ts';
import type { Team, TeamParts } from '../team/join-team.ts';
import { createTasksElsewhere, type TasksElsewhere } from '../team/tasks-elsewhere.ts';
import type { Recorder } from '../tracking/recorder.ts';
import { type Autopilots, createAutopilots } from './autopilots.ts';
import { createClaudeRunner } from './claude-runner.ts';
import { doTask, leaveOnClaude } from './do-task.ts';
import { createEmbeddedDispatch } from './embedded-dispatch.ts';
import { createRunList, type RunList } from './run-list.ts';
import { createWorktrees, type Worktrees } from './worktrees.ts';

export type OpenRuns = {
  readonly runs: RunList;
  readonly autopilots: Autopilots;
  readonly worktrees: Worktrees;
  readonly team: Team | null;
  readonly elsewhere: Pick<TasksElsewhere, 'cancel'>;
  /** Ends what an earlier daemon's Claude Codes have left running. */
  sweep(): Promise<void>;
};

export type OpenRunsParts = {
  readonly delegation: OpenDelegation;
  readonly recorder: Recorder;
  readonly sessions: KnownSessions;
  readonly modes: SessionModes;
  readonly feed: LiveFeed;
};

export async function openRuns(ground: Ground, parts: OpenRunsParts): Promise<OpenRuns> {
  const { paths, childEnv, config, inputs, configOf, now, log, onProblem } = ground;
  const { delegation, sessions, modes, feed } = parts;
  const { router, spending } = delegation;
  const worktrees = createWorktrees({
    stateDir: paths.stateDir,
    env: childEnv,
    policy: async (directory) => (await configOf(directory)).worktrees,
    mayWrite: (question, client) => mayWrite(router, question, client),
    hasSecret: createSecretSearch,
    log,
    onProblem,
  });
  const claudeProcesses = createServerLedger(join(paths.stateDir, 'claude', 'processes.json'));
  const runOnClaude = createClaudeRunner({
    config: configOf,
    env: childEnv,
    ledger: claudeProcesses,
    saveResult: delegation.saveResult,
    newId: randomUUID,
    now,
  });
  const { maxServers, remotes, sessionsPerServer } = config.pool;
  const capacity = Math.max(1, maxServers + remotes.length) * sessionsPerServer;
  const here = createEmbeddedDispatch({
    worktrees,
    doTask: (task, run, watch) => doTask({ delegate: delegation.delegate, runOnClaude }, task, run, watch),
    capacity,
  });
  const onClaude = (reason: string) =>
    createEmbeddedDispatch({ worktrees, doTask: leaveOnClaude(runOnClaude, reason), capacity });
  const elsewhere = createTasksElsewhere({ feed, now });
  const team = await findTeam(ground, parts, { here, onClaude, worktrees, elsewhere });
  const runs = await createRunList({
    runsDir: paths.runsDir,
    owner: { pid: process.pid, start: await processStart(process.pid) },
    isAtWork: async ({ pid, start }) =>
      pid !== process.pid && start !== null && (await processStart(pid)) === start,
    newId: randomUUID,
    dispatch: team?.dispatch ?? here,
    leftBehind: worktrees.leftBehind,
    watch: watchRuns(feed),
    onFailure: ({ message }) => onProblem('run-journal', message),
    now,
  });
  const autopilots = createAutopilots({
    file: join(paths.stateDir, 'autopilots.json'),
    runs,
    admitRun: (request) => admitRun({ router, inputs, spending }, request),
    // A mode that the user has chosen stays.
    onStart: (sessionId, directory) => {
      const { claudePid = null } = sessions.get(sessionId) ?? {};
      if (modes.get(sessionId) === null) modes.set({ sessionId, mode: 'autopilot', claudePid, directory });
    },
    onEnd: (sessionId) => {
      if (modes.get(sessionId)?.mode === 'autopilot') modes.end(sessionId);
    },
    now,
    onProblem,
  });
  return {
    runs,
    autopilots,
    worktrees,
    team,
    elsewhere,
    sweep: async () => {
      await claudeProcesses.sweep();
    },
  };
}

type Doing = Pick<TeamParts, 'here' | 'onClaude' | 'worktrees' | 'elsewhere'>;

/** `null`: everything is done on this machine, and nothing is loaded that speaks to others. */
async function findTeam(
  { paths, env, childEnv, config, now, log, onProblem }: Ground,
  { delegation, recorder }: OpenRunsParts,
  doing: Doing,
): Promise<Team | null> {
  if (config.execution.backend === 'embedded') return null;
  const { joinTeam } = await import('../team/join-team.ts');
  const { dispatch, instructions, contexts, spending, routerOver } = delegation;
  return joinTeam({
    ...doing,
    config: config.execution,
    secrets: env,
    env: childEnv,
    stateDir: paths.stateDir,
    router: routerOver,
    dispatch,
    instructions,
    contexts,
    recorder,
    spending,
    newId: randomUUID,
    now,
    log,
    onProblem,
  });
}
