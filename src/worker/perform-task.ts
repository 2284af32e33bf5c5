/**
 * Does a task that came through the queue: with its own copy of the code, by this machine's daemon and its pool. What
 * it has changed goes back as commits.
 */
import { nameBranch } from '../core/worktrees/name-branch.ts';
import { tellPlace } from '../core/worktrees/tell-place.ts';
import {
  QUEUE_PROTOCOL,
  type QueuedTask,
  queuedTaskSchema,
  type TaskNature,
  type TaskSaying,
  type WorkerEnd,
  type WorkerNews,
} from '../protocol/queue.ts';
import type { TaskRequest } from '../protocol/task.ts';
import { VERSION } from '../version.ts';
import type { CodeStore, TaskFolder } from './code-store.ts';
import type { DoneByDaemon, LocalDaemon } from './local-daemon.ts';

export type PerformParts = {
  readonly worker: string;
  readonly codes: Pick<CodeStore, 'open'>;
  readonly daemon: Pick<LocalDaemon, 'perform'>;
  readonly putBlob: (name: string, content: Buffer) => Promise<void>;
  /** Tasks may run commands here, as their user's session lets them. */
  readonly allowShell: boolean;
  readonly maxBytes: number;
};

export type Given = {
  readonly id: string;
  readonly data: unknown;
  readonly lostBefore: number;
  readonly signal: AbortSignal;
  tell(news: WorkerNews): Promise<void>;
  say(saying: TaskSaying): void;
};

const MODES: { readonly [N in TaskNature]: string } = {
  reading: 'plan',
  editing: 'acceptEdits',
  once: 'bypassPermissions',
};

export async function performTask(parts: PerformParts, given: Given): Promise<WorkerEnd> {
  const { worker } = parts;
  const decline = (code: Declined['code'], message: string): WorkerEnd => ({
    kind: 'declined',
    worker,
    code,
    message: `${worker}: ${message}`,
  });
  const stranger = describeStranger(given.data);
  if (stranger !== null) return decline('other-version', stranger);
  const parsed = queuedTaskSchema.safeParse(given.data);
  if (!parsed.success) return decline('not-here', 'The task cannot be read.');
  const task = parsed.data;
  if (task.nature === 'once' && given.lostBefore > 0)
    return decline('lost-before', 'Another worker was lost with it, and it may have run commands.');
  if (task.nature === 'once' && !parts.allowShell)
    return decline('not-here', 'Tasks may not run commands here (`omcm worker --allow-shell`).');
  const isShared = task.nature === 'reading';
  const folder = await parts.codes.open(task.code, { run: task.run, task: task.task, isShared });
  if (folder === null) return decline('code-missing', `The commit ${task.code.head} is not to be had.`);
  try {
    const done = await parts.daemon.perform(toRequest(task, folder), {
      signal: given.signal,
      onRouted: ({ provider, model }) => given.tell({ kind: 'prompted', worker, provider, model }),
      onEvent: (event) => {
        if (event.type === 'text' || event.type === 'activity') given.say(event);
      },
    });
    if (done.kind === 'not-routed') return decline('not-here', `It is not done here: ${done.reason}.`);
    return await toEnd(parts, { id: given.id, task, folder }, done);
  } finally {
    await folder.close();
  }
}

type Declined = Extract<WorkerEnd, { kind: 'declined' }>;

/** In one sentence; `null`: we understand each other. */
function describeStranger(data: unknown): string | null {
  const { protocol, version } = (data ?? {}) as { protocol?: unknown; version?: unknown };
  if (protocol === QUEUE_PROTOCOL) return null;
  return `This worker (OMCM ${VERSION}) speaks protocol ${QUEUE_PROTOCOL} of the queue, the scheduler (OMCM ${String(version)}) ${String(protocol)}: update the older one.`;
}

function toRequest(task: QueuedTask, { directory }: TaskFolder): TaskRequest {
  const { agent, prompt, nature, placed } = task;
  return {
    agent,
    prompt: tellPlace(prompt, task.directory, directory),
    directory,
    permissionMode: MODES[nature],
    placed,
  };
}

type Place = { readonly id: string; readonly task: QueuedTask; readonly folder: TaskFolder };

async function toEnd(parts: PerformParts, place: Place, done: DoneByDaemon): Promise<WorkerEnd> {
  const { worker } = parts;
  const { text, failure: failed, begun, work } = done;
  const ended = { kind: 'ended', worker, failure: failed, text, begun, work } as const;
  if (place.task.nature === 'reading') return { ...ended, changes: null };
  try {
    return { ...ended, changes: await sendBack(parts, place) };
  } catch (error) {
    const message = `Its work could not be sent back: ${error instanceof Error ? error.message : String(error)}`;
    return { ...ended, failure: { code: 'not-merged', message }, begun: true, changes: null };
  }
}

async function sendBack({ putBlob, maxBytes }: PerformParts, { id, task, folder }: Place) {
  const { commit, changes } = await folder.commit();
  if (changes.length === 0) return null;
  const branch = nameBranch({ run: task.run, task: task.task, place: 0, taken: new Set() });
  // By what is in it: a worker that was taken for lost may send another one.
  const bundle = `work.${id}.${commit}`;
  await putBlob(bundle, await folder.bundle(commit, { branch, maxBytes }));
  return { base: task.code.base, commit, bundle, branch };
}
