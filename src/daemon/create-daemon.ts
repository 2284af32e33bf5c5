/** Composes the daemon from its parts, and says in which order they begin and end. */
import { randomUUID } from 'node:crypto';
import type { Paths } from '../adapters/files/paths.ts';
import type { Config } from '../core/config/schema.ts';
import { failure } from '../core/delegation/failure.ts';
import { composeServices } from './api/compose-services.ts';
import type { DaemonServices } from './api/daemon-services.ts';
import { type OpenDelegation, openDelegation } from './delegation/open-delegation.ts';
import { layGround } from './ground.ts';
import { createHud, type Hud } from './hud/create-hud.ts';
import { createLife } from './life.ts';
import { createLiveFeed } from './live/live-feed.ts';
import { openViews } from './live/open-views.ts';
import type { Log } from './log/log.ts';
import { openPool } from './pool/open-pool.ts';
import { watchClaude } from './quota/watch-claude.ts';
import { openRuns } from './runs/open-runs.ts';
import { createKnownSessions } from './sessions/known-sessions.ts';
import { createSessionModes } from './sessions/session-modes.ts';
import { openSharing } from './team/open-sharing.ts';
import { keepRecords } from './tracking/keep-records.ts';
import { createProblemList } from './tracking/problem-list.ts';
import { type MetricsPort, openMetricsPort } from './tracking/serve-metrics.ts';

const LAST_TASKS_MS = 1_000;

export type DaemonOptions = {
  readonly paths: Paths;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Where the build has put the dashboard's page. */
  readonly pageDir: string;
  readonly now: () => number;
};

export type Daemon = {
  /** To be called once it is sure that this daemon is the one. */
  start(): Promise<void>;
  readonly services: DaemonServices;
  /** How long nobody has needed us, in milliseconds; 0 while a task runs or a session lives. */
  idleFor(): number;
  readonly idleExitMs: number;
  readonly logLevel: Config['daemon']['logLevel'];
  /** Resolves when a client asked us to go. */
  readonly shutdownAsked: Promise<void>;
  /** No new tasks; those that run may end, unless they take longer than the limit: then they are cancelled. */
  drain(limitMs: number): Promise<void>;
  close(): Promise<void>;
  /** Only the servers are seen to: for whoever has no time to close. */
  abandon(): Promise<void>;
};

export async function createDaemon({ paths, env, log, pageDir, now }: DaemonOptions): Promise<Daemon> {
  const feed = createLiveFeed({ life: randomUUID(), now });
  const problems = createProblemList(now, (problem) => feed.note({ type: 'problem', problem }));
  const ground = await layGround({ paths, env, log, now, onProblem: problems.problem });
  const { config } = ground;
  const life = createLife(now);
  const status = () => services.status();
  const records = keepRecords(ground, { feed, problems, hud: () => hud, status });
  feed.start(config.tracking.events);
  await records.tracking.start(config.tracking.events);
  const sessions = createKnownSessions();
  const modes = createSessionModes({ file: paths.sessionModesFile, now, onProblem: ground.onProblem });
  const pool = openPool(ground);
  const claude = watchClaude(ground, { sessions, metrics: records.metrics, hud: () => hud });
  const hud: Hud = createHud({
    file: paths.hudFile,
    outcomeLogFile: paths.outcomeLogFile,
    env,
    inputs: ground.inputs,
    quota: claude.quota.status,
    modes: () => modes.list(),
    rescues: () => delegation.rescues.list(),
    tasks: () => ({ running: records.recorder.counters().running, waiting: pool.status().waiting }),
    now,
    onProblem: ground.onProblem,
  });
  const sharing = openSharing(ground);
  const delegation: OpenDelegation = openDelegation(ground, {
    pool,
    records,
    claude,
    sharing,
    sessions,
    modes,
    feed,
    hud: () => hud,
  });
  const { recorder } = records;
  const running = await openRuns(ground, { delegation, recorder, sessions, modes, feed });
  const views = openViews(ground, {
    feed,
    pool,
    records,
    sessions,
    quota: claude.quota,
    team: running.team,
    rescues: delegation.rescues,
    pageDir,
    services: () => services,
  });
  const services: DaemonServices = composeServices(ground, {
    life,
    pool,
    records,
    claude,
    delegation,
    sharing,
    runs: running,
    sessions,
    modes,
    hud,
    feed,
    views,
  });
  const { tasks, nativeSteps, engines, dispatch } = delegation;
  const { runs, autopilots, worktrees, team } = running;
  let metricsPort: MetricsPort | null = null;

  return {
    start: async () => {
      metricsPort = await openMetricsPort(ground, records.metrics.render);
      claude.start();
      hud.start();
      const swept = worktrees.sweep();
      await Promise.all([
        modes.start(),
        claude.tips.start(),
        claude.tips.expectWords(config),
        delegation.start(),
        autopilots.start(),
      ]);
      await sharing.start({ dispatch, quota: claude.quota });
      await pool.start();
      await Promise.all([swept, running.sweep()]);
      runs.resume();
    },
    services,
    idleExitMs: config.daemon.idleExitMinutes * 60_000,
    logLevel: config.daemon.logLevel,
    idleFor: () => {
      const atWork = tasks.running() + nativeSteps.running() + runs.running();
      if (atWork > 0 || sessions.countLiving() > 0) life.touch();
      return life.untouchedFor();
    },
    shutdownAsked: life.shutdownAsked,
    drain: async (limitMs) => {
      life.beginDraining();
      runs.pause();
      const limit = AbortSignal.any([AbortSignal.timeout(limitMs), life.patience]);
      await Promise.all([tasks.untilDone(limit), runs.untilQuiet(limit), nativeSteps.untilStill(limit)]);
      await Promise.all([tasks.cancelAll(failure('draining')), runs.sendAway(), nativeSteps.close()]);
      await worktrees.settled();
    },
    close: async () => {
      await views.close();
      runs.pause();
      await metricsPort?.stop();
      await Promise.all([runs.sendAway(), pool.stop(), engines.stop()]);
      await team?.close();
      claude.stop();
      // With their servers the last tasks have ended, and are written down with the rest.
      await tasks.untilEnded(AbortSignal.timeout(LAST_TASKS_MS));
      await Promise.all([claude.flush(), dispatch.stop(), sharing.close()]);
      await Promise.all([
        recorder.flush(),
        modes.flush(),
        delegation.rescues.flush(),
        records.tracking.stop(),
        delegation.traces.stop(),
      ]);
      await hud.stop();
    },
    abandon: async () => {
      runs.pause();
      await Promise.all([runs.sendAway(), pool.stop(), engines.stop()]);
    },
  };
}
