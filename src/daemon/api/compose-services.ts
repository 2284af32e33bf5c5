/** What clients can ask for, put together from the daemon's parts. */
import { join } from 'node:path';
import { listResting } from '../../core/circuit/list-resting.ts';
import { failure } from '../../core/delegation/failure.ts';
import { readToldWindows, reportOf } from '../../core/hud/told-windows.ts';
import { admitRun } from '../budget/admit-run.ts';
import { checkRun } from '../budget/check-run.ts';
import { askModels, checkAsk } from '../delegation/ask-models.ts';
import type { OpenDelegation } from '../delegation/open-delegation.ts';
import type { Ground } from '../ground.ts';
import type { Hud } from '../hud/create-hud.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import type { Views } from '../live/open-views.ts';
import type { ServerPool } from '../pool/server-pool.ts';
import type { ClaudeWatch } from '../quota/watch-claude.ts';
import type { OpenRuns } from '../runs/open-runs.ts';
import { greetSession } from '../sessions/greet-session.ts';
import { keepContext } from '../sessions/keep-context.ts';
import type { KnownSessions } from '../sessions/known-sessions.ts';
import { createSessionDesk } from '../sessions/session-desk.ts';
import type { SessionModes } from '../sessions/session-modes.ts';
import type { OpenSharing } from '../team/open-sharing.ts';
import type { Records } from '../tracking/keep-records.ts';
import type { DaemonServices } from './daemon-services.ts';

export type ServiceParts = {
  readonly life: Pick<DaemonServices, 'health' | 'touch' | 'shutdown'>;
  readonly pool: ServerPool;
  readonly records: Records;
  readonly claude: ClaudeWatch;
  readonly delegation: OpenDelegation;
  readonly sharing: Pick<OpenSharing, 'status'>;
  readonly runs: OpenRuns;
  readonly sessions: KnownSessions;
  readonly modes: SessionModes;
  readonly hud: Hud;
  readonly feed: LiveFeed;
  readonly views: Views;
};

export function composeServices(ground: Ground, parts: ServiceParts): DaemonServices {
  const { paths, env, inputs, configOf, now, log, onProblem } = ground;
  const { life, pool, records, claude, delegation, sharing, runs, sessions, modes, hud, feed, views } = parts;
  const { recorder, metrics, tracking } = records;
  const { router, spending, nativeSteps, tasks } = delegation;
  const { quota, tips, takeNotices } = claude;

  /** OpenCode runs a repository's own plugins in whatever folder it is asked to work: only where work may come. */
  const warmWhereRouted = async (directory: string, sessionId?: string) => {
    const routes = await router.routesAnything(directory, sessionId);
    if (routes === 'something') void pool.warm(directory);
    if (routes === 'nothing-untrusted') await delegation.noteUntrusted(directory);
  };
  const providers: DaemonServices['providers'] = async () => {
    await pool.warm(join(paths.stateDir, 'opencode'));
    const connected = pool.providers() ?? [];
    return {
      connected: connected.map(({ id, name, models, direct }) => {
        return { id, name, models: [...models], direct: direct.length > 0 };
      }),
    };
  };
  const takeReading: DaemonServices['takeReading'] = async (report) => {
    const reply = await quota.take(report);
    hud.changed();
    // Neither a status line nor a hook in the background could show them.
    return { ...reply, notices: report.source === 'mod' ? await takeNotices(report.sessionId) : [] };
  };
  const askParts = { providers, inputs, spending, delegate: delegation.delegate };
  const checkParts = { router, inputs, spending };
  const greeting = { sessions, claude, contexts: delegation.contexts, inputs, warmWhereRouted };

  return {
    ...life,
    log,
    recorder,
    status: async () => {
      const { problems } = await inputs.config(undefined);
      const shared = sharing.status();
      return {
        ...life.health(),
        stateDir: paths.stateDir,
        opencode: pool.status(),
        tasks: recorder.counters(),
        sessions: sessions.countLiving(),
        seesRequests: delegation.seesRequests(),
        fallback: await quota.status(),
        rescues: [...delegation.rescues.list()],
        resting: [...listResting(delegation.dispatch.standing().circuits, now())],
        ...(runs.team === null ? {} : { team: runs.team.status() }),
        ...(shared === undefined ? {} : { sharing: shared }),
        configProblems: problems.map(({ source, message }) => ({ source, message })),
        recentProblems: [...recorder.recentProblems()],
      };
    },
    providers,
    startSession: (start) => greetSession(greeting, start),
    takeNotices,
    hearPrompt: (sessionId, prompt) => delegation.rescues.hearPrompt(sessionId, prompt, tips.hearPrompt),
    takeReading,
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
      const asked = { ...request, via: 'mod', seesRequests: delegation.seesRequests() ?? true };
      const { decision, trail } = await router.decide(asked);
      return { decision, trail };
    },
    prepare: delegation.prepare,
    delegate: delegation.delegate,
    answerStep: nativeSteps.answer,
    rescues: delegation.rescues,
    lastStepOf: nativeSteps.lastStepOf,
    findTask: tasks.find,
    cancelTask: (id) => {
      const task = tasks.find(id);
      task?.cancel();
      return task !== undefined || runs.elsewhere.cancel(id);
    },
    sessions: createSessionDesk({
      sessions,
      modes,
      tasks,
      runs: runs.runs,
      autopilots: runs.autopilots,
      rescues: delegation.rescues,
      config: () => configOf(undefined),
      env,
      onStart: (sessionId, directory) =>
        void warmWhereRouted(directory, sessionId).catch((error: unknown) =>
          onProblem('internal', String(error)),
        ),
    }),
    runs: runs.runs,
    autopilots: runs.autopilots,
    checkRun: (request) => checkRun(checkParts, request),
    admitRun: (request) => admitRun(checkParts, request),
    checkAsk: async (request) => {
      const { targets: _, ...check } = await checkAsk(askParts, request);
      return check;
    },
    ask: (request) => askModels(askParts, request),
    budget: async (directory) => {
      const { budgets } = await configOf(directory);
      return { budgets, ...spending.summary(budgets) };
    },
    statusLine: async (said, look) => {
      const { session_id: id, rate_limits: limits } = (said ?? {}) as Readonly<Record<string, unknown>>;
      const sessionId = typeof id === 'string' ? id : '';
      const told = readToldWindows(limits);
      const reply = told.length === 0 ? null : await takeReading(reportOf(sessionId, told));
      return hud.line({ sessionId, told, fallback: reply?.fallbackActive ?? null, look });
    },
    stats: tracking.report,
    metrics: metrics.families,
    renderMetrics: metrics.render,
    live: feed,
    dashboard: views.dashboard,
  };
}
