/** Composes the daemon: adapters are built here and nowhere else. */
import { randomUUID } from 'node:crypto';
import { basename, dirname, join, relative } from 'node:path';
import { readUsagePage } from '../adapters/claude-code/read-usage-page.ts';
import type { Paths } from '../adapters/files/paths.ts';
import { REDIS_URL_VARIABLE } from '../adapters/files/read-redis-url.ts';
import { saveResult } from '../adapters/files/result-store.ts';
import { processStart } from '../adapters/opencode/process-facts.ts';
import { createSecretSearch } from '../context/scrub.ts';
import { listResting } from '../core/circuit/list-resting.ts';
import { pickLocale } from '../core/config/pick-locale.ts';
import type { Config } from '../core/config/schema.ts';
import { failure } from '../core/delegation/failure.ts';
import { readToldWindows, reportOf } from '../core/hud/told-windows.ts';
import { missingConsent } from '../core/routing/decide-engine.ts';
import type { Decision } from '../core/routing/decision.ts';
import type { Health } from '../protocol/status.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { VERSION } from '../version.ts';
import type { DaemonServices } from './api/daemon-services.ts';
import { admitRun } from './budget/admit-run.ts';
import { checkRun } from './budget/check-run.ts';
import { createSpending } from './budget/spending.ts';
import { createDashboard } from './dashboard/listener.ts';
import { createAgentInstructions } from './delegation/agent-instructions.ts';
import { announceTask } from './delegation/announce-task.ts';
import { askModels, checkAsk } from './delegation/ask-models.ts';
import { createConversations } from './delegation/conversations.ts';
import { createDispatch } from './delegation/create-dispatch.ts';
import { createEngines } from './delegation/create-engines.ts';
import { type DelegationParts, delegateTask } from './delegation/delegate-task.ts';
import { createFoldBack } from './delegation/fold-back.ts';
import { createPreparedTasks } from './delegation/prepared-tasks.ts';
import { createTaskList } from './delegation/task-list.ts';
import { createHud } from './hud/create-hud.ts';
import { createLiveFeed } from './live/live-feed.ts';
import { describeDaemon, describeLivePool, describeQuota, describeTeam } from './live/read-levels.ts';
import { createSavingsBook } from './live/savings-book.ts';
import { watchJournal } from './live/watch-journal.ts';
import { watchLevels } from './live/watch-levels.ts';
import { watchRuns } from './live/watch-runs.ts';
import { watchTask } from './live/watch-task.ts';
import type { Log } from './log/log.ts';
import { createNativeSteps } from './native-tools/native-steps.ts';
import { createReasoningMemory } from './native-tools/reasoning-memory.ts';
import { createRescue } from './native-tools/rescue.ts';
import { createWorkDesk } from './native-tools/work-desk.ts';
import { createServerPool } from './pool/create-server-pool.ts';
import { poolLimits } from './pool/pool-limits.ts';
import { createServerLedger } from './pool/server-ledger.ts';
import { createClaudeUsageFollower } from './quota/claude-usage-follower.ts';
import { noteRefusals } from './quota/note-refusals.ts';
import { createQuotaService } from './quota/quota-service.ts';
import { createUsagePoller } from './quota/usage-poller.ts';
import { createDecisionNotes } from './routing/decision-notes.ts';
import { mayWrite } from './routing/may-write.ts';
import { createRouter } from './routing/router.ts';
import { createRoutingInputs } from './routing/routing-inputs.ts';
import { createAutopilots } from './runs/autopilots.ts';
import { createClaudeRunner } from './runs/claude-runner.ts';
import { doTask, leaveOnClaude } from './runs/do-task.ts';
import { createEmbeddedDispatch } from './runs/embedded-dispatch.ts';
import { createRunList } from './runs/run-list.ts';
import { createWorktrees } from './runs/worktrees.ts';
import { createHandoffTips } from './sessions/handoff-tips.ts';
import { keepContext } from './sessions/keep-context.ts';
import { createKnownSessions } from './sessions/known-sessions.ts';
import { createNotices } from './sessions/notices.ts';
import { createSessionContexts } from './sessions/session-contexts.ts';
import { createSessionDesk } from './sessions/session-desk.ts';
import { createSessionModes } from './sessions/session-modes.ts';
import { createTasksElsewhere } from './team/tasks-elsewhere.ts';
import { createJournal } from './tracking/create-journal.ts';
import { createMetrics } from './tracking/create-metrics.ts';
import { createRecorder } from './tracking/create-recorder.ts';
import { createTraces } from './tracking/create-traces.ts';
import { createTracking } from './tracking/create-tracking.ts';
import { createProblemList } from './tracking/problem-list.ts';
import { type MetricsPort, serveMetrics } from './tracking/serve-metrics.ts';
import { withoutVariables } from './without-variables.ts';

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
  const startedAt = now();
  const notes = createDecisionNotes();
  const feed = createLiveFeed({ life: randomUUID(), now });
  const problems = createProblemList(now, (problem) => feed.note({ type: 'problem', problem }));
  const writing = createJournal({ paths, onProblem: problems.problem });
  const tracking = createTracking({ paths, journal: writing, now, onProblem: problems.problem });
  const metrics = createMetrics(() => services.status());
  const inputs = createRoutingInputs({ paths, env, onProblem: problems.problem });
  const { config } = await inputs.config(undefined);
  const journal = watchJournal(writing, feed);
  const book = createSavingsBook({
    file: paths.outcomeLogFile,
    config: async () => (await inputs.config(undefined)).config,
    now,
  });
  const recorder = createRecorder({
    paths,
    journal,
    problems,
    notes,
    track: (event) => {
      tracking.record(event);
      if (event.type === 'routing') metrics.decided(event);
      hud.changed();
    },
    onOutcome: (line) => {
      metrics.ended(line);
      hud.taskEnded(line);
      book.taskEnded(line);
    },
    onFailedOpen: () => hud.failedOpen(),
    now,
    log,
  });
  feed.start(config.tracking.events);
  await tracking.start(config.tracking.events);
  const sessions = createKnownSessions();
  const conversations = createConversations();
  const tasks = createTaskList();
  const ledger = createServerLedger(join(paths.stateDir, 'opencode', 'servers.json'));
  const ownEnv = withoutVariables(env, [
    REDIS_URL_VARIABLE,
    ...config.pool.remotes.map(({ passwordEnv }) => passwordEnv),
  ]);
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
  const claudeDir = dirname(paths.claudeCredentialsFile);
  const claudeUsage = createClaudeUsageFollower({
    file: paths.claudeUsageFile,
    now,
    onKnown: (messages) => {
      metrics.claudeHadSpent(messages);
      hud.claudeSpent(messages);
    },
    onMessages: (messages) => {
      metrics.claudeSpent(messages);
      hud.claudeSpent(messages);
    },
    onProblem: recorder.problem,
  });
  const notices = createNotices({ now, env });
  const quota = createQuotaService({ paths, inputs, notices, now, log, onProblem: recorder.problem });
  const tips = createHandoffTips({
    paths,
    config: async (directory) => (await inputs.config(directory)).config,
    readings: async () => (await quota.now()).readings,
    env,
    now,
    onProblem: recorder.problem,
  });
  const takeNotices: DaemonServices['takeNotices'] = async (sessionId) => {
    const tip = await tips.byUsage(sessionId);
    return [...notices.take(), ...(tip === null ? [] : [tip])];
  };
  const hud = createHud({
    file: paths.hudFile,
    outcomeLogFile: paths.outcomeLogFile,
    env,
    inputs,
    quota: quota.status,
    modes: () => modes.list(),
    tasks: () => ({ running: recorder.counters().running, waiting: pool.status().waiting }),
    now,
    onProblem: recorder.problem,
  });
  const usage = createUsagePoller({
    isWanted: async () =>
      sessions.countLiving() > 0 && (await inputs.config(undefined)).config.quota.oauthUsage,
    read: (at) => readUsagePage({ credentialsFile: paths.claudeCredentialsFile, now: at }),
    take: quota.takeReadings,
    now,
    log,
  });
  const modes = createSessionModes({ file: paths.sessionModesFile, now, onProblem: recorder.problem });
  const spending = createSpending({
    file: paths.outcomeLogFile,
    now,
    onEvent: (event) => {
      log.info(event, 'budget');
      void inputs.config(undefined).then(({ config: latest }) => notices.addBudget(event, latest));
    },
    onProgress: ({ task, tokens }) => feed.note({ type: 'task-tokens', id: task, tokens }),
    onProblem: recorder.problem,
  });
  const routerOver = (connected: typeof pool.providers) =>
    createRouter({ inputs, quota, providers: connected, sessions: modes, notes, spending, now });
  const router = routerOver(pool.providers);
  const engine = createEngines({ paths, env: ownEnv, config, pool, conversations, now, log });
  const dispatch = createDispatch({
    file: join(paths.stateDir, 'providers.json'),
    now,
    onProblem: recorder.problem,
  });
  const prepared = createPreparedTasks();
  const contexts = createSessionContexts({ paths, sessions, now, log });
  const traces = createTraces({ config: config.tracing, env, now, onProblem: recorder.problem });
  const workDesk = createWorkDesk({ recorder, spending, now });
  const nativeSteps = createNativeSteps({
    dispatch,
    pool,
    memory: createReasoningMemory(),
    desk: workDesk,
    now,
  });
  const rescue = createRescue({
    look: async (directory) => {
      const [{ config: here }, untrusted, surroundings] = await Promise.all([
        inputs.config(directory),
        inputs.untrusted(directory),
        router.surroundings(directory),
      ]);
      return { config: here, isTrusted: untrusted.length === 0, ...surroundings };
    },
    steps: nativeSteps,
    recorder,
    spending,
    traces,
    env,
    now,
  });
  const parts: DelegationParts = {
    traces,
    nativeSteps,
    prepared,
    router,
    dispatch,
    conversations,
    recorder: noteRefusals(recorder, quota),
    engine: engine.engine,
    spending,
    instructions: createAgentInstructions(sessions, now),
    contexts,
    foldBack: createFoldBack({ paths, now, onProblem: recorder.problem }),
    saveResult: async (taskId, text) => {
      const saved = await saveResult(paths.resultsDir, taskId, text);
      if (saved.kind === 'saved') return saved.file;
      recorder.problem('result-not-saved', saved.failure.message);
      return null;
    },
    now,
    log,
  };

  const noteUntrusted = async (directory: string): Promise<void> => {
    const [files, { config: here }] = await Promise.all([
      inputs.untrusted(directory),
      inputs.config(directory),
    ]);
    const names = files.map(({ folder, name }) => relative(directory, join(folder, name)) || name);
    if (names.length > 0) notices.addUntrusted({ directory, files: names }, here);
  };
  const noteConsent = async ({ engineWhy, agent }: Decision, directory: string): Promise<void> => {
    const provider = missingConsent(engineWhy);
    if (provider === null) return;
    const { config: here } = await inputs.config(directory);
    notices.addConsent({ provider, agent: agent.name, directory }, here);
  };
  /** Whether Claude Code shows its model requests to the mod; `null`: no mod has asked anything yet. */
  let seesRequests: boolean | null = null;
  const delegate: DaemonServices['delegate'] = async (request, how) => {
    await prepared.check(request);
    const startedAt = now();
    claudeUsage.follow(request.sessionId, sessions.get(request.sessionId)?.claudeDir ?? claudeDir);
    const delegation = await delegateTask(parts, request, how);
    if (delegation.decision.step === 'trust') await noteUntrusted(request.directory);
    const { decision } = delegation;
    await noteConsent(decision, request.directory);
    if (request.via === 'mod') seesRequests = request.seesRequests === true;
    // The steps of the other engine are Claude Code's to stop.
    if (decision.route && decision.engine === 'opencode') tasks.add(delegation.task, request.sessionId);
    watchTask(feed, { request, delegation, startedAt });
    return delegation;
  };
  const worktrees = createWorktrees({
    stateDir: paths.stateDir,
    env: ownEnv,
    policy: async (directory) => (await inputs.config(directory)).config.worktrees,
    mayWrite: (question, client) => mayWrite(router, question, client),
    hasSecret: createSecretSearch,
    log,
    onProblem: recorder.problem,
  });
  const claudeLedger = createServerLedger(join(paths.stateDir, 'claude', 'processes.json'));
  const runOnClaude = createClaudeRunner({
    config: async (directory) => (await inputs.config(directory)).config,
    env: ownEnv,
    ledger: claudeLedger,
    saveResult: parts.saveResult,
    newId: randomUUID,
    now,
  });
  const capacity =
    Math.max(1, config.pool.maxServers + config.pool.remotes.length) * config.pool.sessionsPerServer;
  const embedded = createEmbeddedDispatch({
    worktrees,
    doTask: (task, run, watch) => doTask({ delegate, runOnClaude }, task, run, watch),
    capacity,
  });
  const elsewhere = createTasksElsewhere({ feed, now });
  const team =
    config.execution.backend === 'embedded'
      ? null
      : await (await import('./team/join-team.ts')).joinTeam({
          config: config.execution,
          secrets: env,
          env: ownEnv,
          stateDir: paths.stateDir,
          here: embedded,
          elsewhere,
          onClaude: (reason) =>
            createEmbeddedDispatch({ worktrees, doTask: leaveOnClaude(runOnClaude, reason), capacity }),
          worktrees,
          router: routerOver,
          dispatch,
          instructions: parts.instructions,
          contexts,
          recorder,
          spending,
          newId: randomUUID,
          now,
          log,
          onProblem: recorder.problem,
        });
  const runs = await createRunList({
    runsDir: paths.runsDir,
    owner: { pid: process.pid, start: await processStart(process.pid) },
    isAtWork: async ({ pid, start }) =>
      pid !== process.pid && start !== null && (await processStart(pid)) === start,
    newId: randomUUID,
    dispatch: team?.dispatch ?? embedded,
    leftBehind: worktrees.leftBehind,
    watch: watchRuns(feed),
    onFailure: ({ message }) => recorder.problem('run-journal', message),
    now,
  });

  const checkParts = { router, inputs, spending };
  const autopilots = createAutopilots({
    file: join(paths.stateDir, 'autopilots.json'),
    runs,
    admitRun: (request) => admitRun(checkParts, request),
    // A mode that the user has chosen stays.
    onStart: (sessionId, directory) => {
      const { claudePid = null } = sessions.get(sessionId) ?? {};
      if (modes.get(sessionId) === null) modes.set({ sessionId, mode: 'autopilot', claudePid, directory });
    },
    onEnd: (sessionId) => {
      if (modes.get(sessionId)?.mode === 'autopilot') modes.end(sessionId);
    },
    now,
    onProblem: recorder.problem,
  });
  /** OpenCode runs a repository's own plugins in whatever folder it is asked to work: only where work may come. */
  const warmWhereRouted = async (directory: string, sessionId?: string) => {
    const routes = await router.routesAnything(directory, sessionId);
    if (routes === 'something') void pool.warm(directory);
    if (routes === 'nothing-untrusted') await noteUntrusted(directory);
  };
  const desk = createSessionDesk({
    sessions,
    modes,
    tasks,
    runs,
    autopilots,
    config: async () => (await inputs.config(undefined)).config,
    env,
    onStart: (sessionId, directory) =>
      void warmWhereRouted(directory, sessionId).catch((error: unknown) =>
        recorder.problem('internal', String(error)),
      ),
  });
  const providers: DaemonServices['providers'] = async () => {
    await pool.warm(join(paths.stateDir, 'opencode'));
    const connected = pool.providers() ?? [];
    return { connected: connected.map(({ id, name, models }) => ({ id, name, models: [...models] })) };
  };
  const askParts = { providers, inputs, spending, delegate };

  const dashboard = createDashboard({
    feed,
    services: () => services,
    page: {
      folder: pageDir,
      locale: async () => pickLocale((await inputs.config(undefined)).config.locale, env),
    },
    touch: () => services.touch(),
    now,
    log,
  });
  const levels = watchLevels({
    feed,
    read: {
      daemon: async () => {
        const [{ config: latest }, fusion] = await Promise.all([inputs.config(undefined), inputs.fusion()]);
        const [counters, living] = [recorder.counters(), sessions.countLiving()];
        return describeDaemon({ health: health(), config: latest, fusion, counters, sessions: living });
      },
      pool: async () => describeLivePool(pool.status()),
      quota: async () => {
        const [{ config: latest }, status] = await Promise.all([inputs.config(undefined), quota.status()]);
        return describeQuota(status, latest.routing.usageThreshold);
      },
      savings: book.days,
      team: async () => describeTeam(team?.status() ?? null),
    },
    onProblem: recorder.problem,
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
        seesRequests,
        fallback: await quota.status(),
        resting: [...listResting(dispatch.standing().circuits, now())],
        ...(team === null ? {} : { team: team.status() }),
        configProblems: loaded.problems.map(({ source, message }) => ({ source, message })),
        recentProblems: [...recorder.recentProblems()],
      };
    },
    providers,
    startSession: async (start) => {
      await sessions.add(start);
      usage.nudge();
      claudeUsage.follow(start.sessionId, start.claudeDir ?? claudeDir);
      await warmWhereRouted(start.directory, start.sessionId);
      const { problems, config: here } = await inputs.config(start.directory);
      // Nothing is known of it yet; but the first task shall not wait for what has to be loaded.
      void contexts.tell(start, here.context);
      await tips.expectWords(here);
      const [first] = problems;
      const footer = here.hud.place === 'footer';
      if (first !== undefined) return { notice: `OMCM: ${basename(first.source)}: ${first.message}`, footer };
      // Its hook could show nothing to anybody.
      const told = start.via === 'hook' ? [] : await takeNotices(start.sessionId);
      return { notice: told.length === 0 ? null : told.join('\n'), footer };
    },
    takeNotices,
    hearPrompt: tips.hearPrompt,
    takeReading: async (report) => {
      const reply = await quota.take(report);
      hud.changed();
      // Neither a status line nor a hook in the background could show them.
      const heard = report.source === 'mod' ? await takeNotices(report.sessionId) : [];
      return { ...reply, notices: heard };
    },
    saveContext: (session) => keepContext(session, { paths, inputs, now }),
    fallback: quota.status,
    setFallback: quota.set,
    warm: async (directory) =>
      (await inputs.untrusted(directory)).length > 0 ? failure('not-trusted') : pool.warm(directory),
    scalePool: (servers) => {
      pool.scale(servers);
      return pool.status();
    },
    recyclePool: (port) => (pool.recycle(port) ? pool.status() : null),
    route: async (request) => {
      // As the mod of a session would ask.
      const asked = { ...request, via: 'mod', seesRequests: seesRequests ?? true };
      const { decision, trail } = await router.decide(asked);
      return { decision, trail };
    },
    prepare: (request) => announceTask(parts, request),
    delegate,
    answerStep: nativeSteps.answer,
    rescueStep: rescue.step,
    lastStepOf: nativeSteps.lastStepOf,
    findTask: tasks.find,
    cancelTask: (id) => {
      const task = tasks.find(id);
      task?.cancel();
      return task !== undefined || elsewhere.cancel(id);
    },
    sessions: desk,
    runs,
    autopilots,
    checkRun: (request) => checkRun(checkParts, request),
    admitRun: (request) => admitRun(checkParts, request),
    checkAsk: async (request) => {
      const { targets: _, ...check } = await checkAsk(askParts, request);
      return check;
    },
    ask: (request) => askModels(askParts, request),
    budget: async (directory) => {
      const { budgets } = (await inputs.config(directory)).config;
      return { budgets, ...spending.summary(budgets) };
    },
    statusLine: async (said, look) => {
      const { session_id: id, rate_limits: limits } = (said ?? {}) as Readonly<Record<string, unknown>>;
      const sessionId = typeof id === 'string' ? id : '';
      const told = readToldWindows(limits);
      const reply = told.length === 0 ? null : await services.takeReading(reportOf(sessionId, told));
      return hud.line({ sessionId, told, fallback: reply?.fallbackActive ?? null, look });
    },
    stats: tracking.report,
    metrics: metrics.families,
    renderMetrics: metrics.render,
    live: feed,
    dashboard,
    shutdown: (drain) => {
      state = 'draining';
      if (!drain) patience.abort();
      askShutdown();
    },
  };

  let metricsPort: MetricsPort | null = null;
  const openMetricsPort = async () => {
    const { port } = config.metrics;
    if (port === null) return;
    const tokenFile = paths.metricsTokenFile;
    metricsPort = await serveMetrics({ port, tokenFile, render: metrics.render }).catch((error: unknown) => {
      recorder.problem('metrics-port', String(error));
      return null;
    });
  };

  return {
    start: async () => {
      await openMetricsPort();
      quota.start();
      hud.start();
      usage.start();
      const swept = worktrees.sweep();
      await Promise.all([
        modes.start(),
        tips.start(),
        tips.expectWords(config),
        dispatch.start(),
        spending.start(),
        autopilots.start(),
      ]);
      await pool.start();
      await Promise.all([swept, claudeLedger.sweep()]);
      runs.resume();
    },
    services,
    idleExitMs: config.daemon.idleExitMinutes * 60_000,
    logLevel: config.daemon.logLevel,
    idleFor: () => {
      const atWork = tasks.running() + nativeSteps.running() + runs.running();
      if (atWork > 0 || sessions.countLiving() > 0) neededAt = now();
      return now() - neededAt;
    },
    shutdownAsked,
    drain: async (limitMs) => {
      state = 'draining';
      runs.pause();
      const limit = AbortSignal.any([AbortSignal.timeout(limitMs), patience.signal]);
      await Promise.all([tasks.untilDone(limit), runs.untilQuiet(limit), nativeSteps.untilStill(limit)]);
      await Promise.all([tasks.cancelAll(failure('draining')), runs.sendAway(), nativeSteps.close()]);
      await worktrees.settled();
    },
    close: async () => {
      levels.stop();
      await dashboard.close();
      runs.pause();
      await metricsPort?.stop();
      await Promise.all([runs.sendAway(), pool.stop(), engine.stop()]);
      await team?.close();
      usage.stop();
      // With their servers the last tasks have ended, and are written down with the rest.
      await tasks.untilEnded(AbortSignal.timeout(LAST_TASKS_MS));
      await Promise.all([quota.stop(), dispatch.stop()]);
      await Promise.all([
        recorder.flush(),
        modes.flush(),
        tracking.stop(),
        claudeUsage.stop(),
        traces.stop(),
      ]);
      await hud.stop();
    },
    abandon: async () => {
      runs.pause();
      await Promise.all([runs.sendAway(), pool.stop(), engine.stop()]);
    },
  };
}
