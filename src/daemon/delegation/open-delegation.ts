/** All that a single call needs, whoever answers it: its decision, the two engines, and those who keep count. */
import { join, relative } from 'node:path';
import { saveResult } from '../../adapters/files/result-store.ts';
import { missingConsent } from '../../core/routing/decide-engine.ts';
import type { Decision } from '../../core/routing/decision.ts';
import type { ParsedPrepareRequest, ParsedTaskRequest } from '../../protocol/task.ts';
import { createSpending, type Spending } from '../budget/spending.ts';
import type { Ground } from '../ground.ts';
import type { Hud } from '../hud/create-hud.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import { watchTask } from '../live/watch-task.ts';
import { createLeadRescues, type LeadRescues } from '../native-tools/lead-rescues.ts';
import { createNativeSteps, type NativeSteps } from '../native-tools/native-steps.ts';
import { createReasoningMemory } from '../native-tools/reasoning-memory.ts';
import { createWorkDesk } from '../native-tools/work-desk.ts';
import type { ServerPool } from '../pool/server-pool.ts';
import { noteRefusals } from '../quota/note-refusals.ts';
import type { ClaudeWatch } from '../quota/watch-claude.ts';
import { createRouter, type Router } from '../routing/router.ts';
import type { KnownSessions } from '../sessions/known-sessions.ts';
import { createSessionContexts, type SessionContexts } from '../sessions/session-contexts.ts';
import type { SessionModes } from '../sessions/session-modes.ts';
import type { OpenSharing } from '../team/open-sharing.ts';
import { createTraces } from '../tracking/create-traces.ts';
import type { Records } from '../tracking/keep-records.ts';
import type { TaskTraces } from '../tracking/task-traces.ts';
import { createAgentInstructions } from './agent-instructions.ts';
import { announceTask } from './announce-task.ts';
import { createConversations } from './conversations.ts';
import { createDispatch, type Dispatch } from './create-dispatch.ts';
import { createEngines, type Engines } from './create-engines.ts';
import {
  type Delegation,
  type DelegationManner,
  type DelegationParts,
  delegateTask,
} from './delegate-task.ts';
import { createFoldBack } from './fold-back.ts';
import { createPreparedTasks } from './prepared-tasks.ts';
import { createTaskList, type TaskList } from './task-list.ts';

export type OpenDelegation = Pick<DelegationParts, 'instructions' | 'saveResult'> & {
  readonly router: Router;
  /** One that knows other models than those of this machine's OpenCode. */
  routerOver(providers: ServerPool['providers']): Router;
  readonly dispatch: Dispatch;
  readonly spending: Spending;
  readonly contexts: SessionContexts;
  readonly engines: Engines;
  readonly nativeSteps: NativeSteps;
  readonly rescues: LeadRescues;
  readonly traces: TaskTraces;
  readonly tasks: TaskList;
  delegate(request: ParsedTaskRequest, how?: DelegationManner): Promise<Delegation>;
  prepare(request: ParsedPrepareRequest): Promise<void>;
  /** Tells the user, once, what of a project waits for his trust. */
  noteUntrusted(directory: string): Promise<void>;
  /** Whether Claude Code shows its model requests to the mod; `null`: no mod has asked anything yet. */
  seesRequests(): boolean | null;
  start(): Promise<void>;
};

export type OpenDelegationParts = {
  readonly pool: ServerPool;
  readonly records: Pick<Records, 'recorder' | 'notes'>;
  readonly claude: Pick<ClaudeWatch, 'quota' | 'notices' | 'follow'>;
  readonly sharing: Pick<OpenSharing, 'used' | 'spent'>;
  readonly sessions: KnownSessions;
  readonly modes: SessionModes;
  readonly feed: LiveFeed;
  readonly hud: () => Pick<Hud, 'changed'>;
};

export function openDelegation(ground: Ground, around: OpenDelegationParts): OpenDelegation {
  const { paths, env, childEnv, config, inputs, configOf, now, log, onProblem } = ground;
  const { pool, records, claude, sharing, sessions, modes, feed, hud } = around;
  const { recorder, notes } = records;
  const { quota, notices } = claude;
  const spending = createSpending({
    file: paths.outcomeLogFile,
    team: sharing.used,
    onSpent: sharing.spent,
    now,
    onEvent: (event) => {
      log.info(event, 'budget');
      void configOf(undefined).then((latest) => notices.addBudget(event, latest));
    },
    onProgress: ({ task, tokens }) => feed.note({ type: 'task-tokens', id: task, tokens }),
    onProblem,
  });
  const routerOver = (providers: ServerPool['providers']) =>
    createRouter({ inputs, quota, providers, sessions: modes, notes, spending, now });
  const router = routerOver(pool.providers);
  const conversations = createConversations();
  const dispatch = createDispatch({
    file: join(paths.stateDir, 'providers.json'),
    isShared: config.execution.share.includes('circuits'),
    now,
    onProblem,
  });
  const engines = createEngines({ paths, env: childEnv, config, pool, conversations, now, log });
  const traces = createTraces({ config: config.tracing, env, now, onProblem });
  const nativeSteps = createNativeSteps({
    dispatch,
    pool,
    memory: createReasoningMemory(),
    desk: createWorkDesk({ recorder, spending, now }),
    now,
  });
  const rescues = createLeadRescues(ground, {
    router,
    feed,
    hud,
    steps: nativeSteps,
    recorder,
    spending,
    traces,
  });
  const contexts = createSessionContexts({ paths, sessions, now, log });
  const parts: DelegationParts = {
    traces,
    nativeSteps,
    prepared: createPreparedTasks(),
    router,
    dispatch,
    conversations,
    recorder: noteRefusals(recorder, quota),
    engine: engines.engine,
    spending,
    instructions: createAgentInstructions(sessions, now),
    contexts,
    foldBack: createFoldBack({ paths, now, onProblem }),
    saveResult: async (taskId, text) => {
      const saved = await saveResult(paths.resultsDir, taskId, text);
      if (saved.kind === 'saved') return saved.file;
      onProblem('result-not-saved', saved.failure.message);
      return null;
    },
    now,
    log,
  };

  const noteUntrusted = async (directory: string): Promise<void> => {
    const [files, here] = await Promise.all([inputs.untrusted(directory), configOf(directory)]);
    const names = files.map(({ folder, name }) => relative(directory, join(folder, name)) || name);
    if (names.length > 0) notices.addUntrusted({ directory, files: names }, here);
  };
  const noteConsent = async ({ engineWhy, agent }: Decision, directory: string): Promise<void> => {
    const provider = missingConsent(engineWhy);
    if (provider === null) return;
    notices.addConsent({ provider, agent: agent.name, directory }, await configOf(directory));
  };
  const tasks = createTaskList();
  let seesRequests: boolean | null = null;

  return {
    router,
    routerOver,
    dispatch,
    spending,
    contexts,
    engines,
    nativeSteps,
    rescues,
    traces,
    tasks,
    instructions: parts.instructions,
    saveResult: parts.saveResult,
    delegate: async (request, how) => {
      await parts.prepared.check(request);
      const startedAt = now();
      claude.follow(request.sessionId);
      const delegation = await delegateTask(parts, request, how);
      const { decision, task } = delegation;
      if (decision.step === 'trust') await noteUntrusted(request.directory);
      await noteConsent(decision, request.directory);
      if (request.via === 'mod') seesRequests = request.seesRequests === true;
      // The steps of the other engine are Claude Code's to stop.
      if (decision.route && decision.engine === 'opencode') tasks.add(task, request.sessionId);
      watchTask(feed, { request, delegation, startedAt });
      return delegation;
    },
    prepare: (request) => announceTask(parts, request),
    noteUntrusted,
    seesRequests: () => seesRequests,
    start: async () => {
      await Promise.all([dispatch.start(), spending.start(), rescues.start()]);
    },
  };
}
