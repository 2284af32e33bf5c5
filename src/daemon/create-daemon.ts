/** Composes the daemon: adapters are built here and nowhere else. */
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { readUsagePage } from '../adapters/claude-code/read-usage-page.ts';
import type { Paths } from '../adapters/files/paths.ts';
import { saveResult } from '../adapters/files/result-store.ts';
import { listResting } from '../core/circuit/list-resting.ts';
import type { Config } from '../core/config/schema.ts';
import { failure } from '../core/delegation/failure.ts';
import type { Health } from '../protocol/status.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { VERSION } from '../version.ts';
import { createAgentInstructions } from './agent-instructions.ts';
import { announceTask } from './announce-task.ts';
import { createConversations } from './conversations.ts';
import { createDispatch } from './create-dispatch.ts';
import { createEngines } from './create-engines.ts';
import { createRecorder } from './create-recorder.ts';
import { createServerPool } from './create-server-pool.ts';
import type { DaemonServices } from './daemon-services.ts';
import { createDecisionNotes } from './decision-notes.ts';
import { type DelegationParts, delegateTask } from './delegate-task.ts';
import { keepContext } from './keep-context.ts';
import { createKnownSessions } from './known-sessions.ts';
import type { Log } from './log.ts';
import { noteRefusals } from './note-refusals.ts';
import { createNotices } from './notices.ts';
import { poolLimits } from './pool-limits.ts';
import { createPreparedTasks } from './prepared-tasks.ts';
import { createQuotaService } from './quota-service.ts';
import { createRouter } from './router.ts';
import { createRoutingInputs } from './routing-inputs.ts';
import { createRunList } from './run-list.ts';
import { createServerLedger } from './server-ledger.ts';
import { createTaskList } from './task-list.ts';
import { createUsagePoller } from './usage-poller.ts';
import { withoutVariables } from './without-variables.ts';

export type DaemonOptions = {
  readonly paths: Paths;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
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

export async function createDaemon({ paths, env, log, now }: DaemonOptions): Promise<Daemon> {
  const startedAt = now();
  const notes = createDecisionNotes();
  const recorder = createRecorder({ paths, now, log, notes });
  const inputs = createRoutingInputs({ paths, env, onProblem: recorder.problem });
  const { config } = await inputs.config(undefined);
  const sessions = createKnownSessions();
  const conversations = createConversations();
  const tasks = createTaskList();
  const ledger = createServerLedger(join(paths.stateDir, 'opencode', 'servers.json'));
  const ownEnv = withoutVariables(
    env,
    config.pool.remotes.map(({ passwordEnv }) => passwordEnv),
  );
  const pool = createServerPool({
    command: config.opencode.command,
    args: config.opencode.args,
    basePort: config.pool.basePort,
    startTimeoutMs: config.opencode.startTimeout,
    limits: poolLimits(config),
    ledger,
    env: ownEnv,
    remotes: config.pool.remotes,
    secrets: env,
    stateDir: paths.stateDir,
    now,
    log,
    onProblem: ({ code, message, detail }) =>
      recorder.problem(code, [message, detail].filter(Boolean).join(' ')),
  });
  const notices = createNotices({ now, env });
  const quota = createQuotaService({ paths, inputs, notices, now, log, onProblem: recorder.problem });
  const usage = createUsagePoller({
    isWanted: async () =>
      sessions.countLiving() > 0 && (await inputs.config(undefined)).config.quota.oauthUsage,
    read: (at) => readUsagePage({ credentialsFile: paths.claudeCredentialsFile, now: at }),
    take: quota.takeReadings,
    now,
    log,
  });
  const router = createRouter({ inputs, quota, providers: pool.providers, notes, now });
  const engine = createEngines({ paths, env: ownEnv, config, pool, conversations, now, log });
  const dispatch = createDispatch({
    file: join(paths.stateDir, 'providers.json'),
    now,
    onProblem: recorder.problem,
  });
  const prepared = createPreparedTasks();
  const parts: DelegationParts = {
    prepared,
    router,
    dispatch,
    conversations,
    recorder: noteRefusals(recorder, quota),
    engine: engine.engine,
    instructions: createAgentInstructions(sessions, now),
    saveResult: async (taskId, text) => {
      const saved = await saveResult(paths.resultsDir, taskId, text);
      if (saved.kind === 'saved') return saved.file;
      recorder.problem('result-not-saved', saved.failure.message);
      return null;
    },
    now,
    log,
  };

  const delegate: DaemonServices['delegate'] = async (request) => {
    await prepared.check(request);
    const delegation = await delegateTask(parts, request);
    if (delegation.decision.route) tasks.add(delegation.task);
    return delegation;
  };
  const runs = createRunList({
    newId: randomUUID,
    delegate,
    capacity:
      Math.max(1, config.pool.maxServers + config.pool.remotes.length) * config.pool.sessionsPerServer,
    now,
  });

  let neededAt = now();
  let state: Health['state'] = 'serving';
  let askShutdown = () => {};
  const shutdownAsked = new Promise<void>((resolve) => {
    askShutdown = resolve;
  });
  const patience = new AbortController();

  const health = (): Health => ({
    version: VERSION,
    protocol: PROTOCOL_VERSION,
    pid: process.pid,
    startedAt,
    state,
  });
  const services: DaemonServices = {
    log,
    recorder,
    health,
    touch: () => {
      neededAt = now();
    },
    status: async () => {
      const loaded = await inputs.config(undefined);
      return {
        ...health(),
        stateDir: paths.stateDir,
        opencode: pool.status(),
        tasks: recorder.counters(),
        sessions: sessions.countLiving(),
        fallback: await quota.status(),
        resting: [...listResting(dispatch.standing().circuits, now())],
        configProblems: loaded.problems.map(({ source, message }) => ({ source, message })),
        recentProblems: [...recorder.recentProblems()],
      };
    },
    providers: async () => {
      await pool.warm(join(paths.stateDir, 'opencode'));
      const connected = pool.providers() ?? [];
      return { connected: connected.map(({ id, name, models }) => ({ id, name, models: [...models] })) };
    },
    startSession: async (start) => {
      await sessions.add(start);
      // OpenCode runs a repository's own plugins in whatever folder it is asked to work: only where work may come.
      if (await router.routesAnything(start.directory)) void pool.warm(start.directory);
      const { problems } = await inputs.config(start.directory);
      const [first] = problems;
      if (first !== undefined) return { notice: `OMCM: ${basename(first.source)}: ${first.message}` };
      const told = notices.take();
      return { notice: told.length === 0 ? null : told.join('\n') };
    },
    takeNotices: notices.take,
    takeReading: quota.take,
    saveContext: (session) => keepContext(session, { paths, inputs, now }),
    fallback: quota.status,
    setFallback: quota.set,
    warm: pool.warm,
    scalePool: (servers) => {
      pool.scale(servers);
      return pool.status();
    },
    recyclePool: (port) => (pool.recycle(port) ? pool.status() : null),
    route: async (request) => {
      const { decision, trail } = await router.decide({ ...request });
      return { decision, trail };
    },
    prepare: (request) => announceTask(parts, request),
    delegate,
    findTask: tasks.find,
    runs,
    shutdown: (drain) => {
      state = 'draining';
      if (!drain) patience.abort();
      askShutdown();
    },
  };

  return {
    start: async () => {
      quota.start();
      usage.start();
      await dispatch.start();
      await pool.start();
    },
    services,
    idleExitMs: config.daemon.idleExitMinutes * 60_000,
    logLevel: config.daemon.logLevel,
    idleFor: () => {
      if (tasks.running() > 0 || runs.running() > 0 || sessions.countLiving() > 0) neededAt = now();
      return now() - neededAt;
    },
    shutdownAsked,
    drain: async (limitMs) => {
      state = 'draining';
      runs.windUp();
      await tasks.untilDone(AbortSignal.any([AbortSignal.timeout(limitMs), patience.signal]));
      await tasks.cancelAll(failure('draining'));
    },
    close: async () => {
      await Promise.all([pool.stop(), engine.stop()]);
      usage.stop();
      await Promise.all([quota.stop(), dispatch.stop()]);
      await recorder.flush();
    },
    abandon: async () => {
      await Promise.all([pool.stop(), engine.stop()]);
    },
  };
}
