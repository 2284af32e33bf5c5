/** This machine's daemon, which has the pool and the providers; started where it does not run. */
import { awaitTask } from '../client/await-task.ts';
import { callDaemon } from '../client/call-daemon.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import { providersSchema } from '../protocol/status.ts';
import { type TaskEvent, type TaskOutcome, type TaskRequest, taskStartedSchema } from '../protocol/task.ts';

export type LocalDaemon = {
  /** `provider/model`, of those that are connected. */
  models(): Promise<readonly string[]>;
  perform(task: TaskRequest, watch: TaskWatch): Promise<DoneByDaemon | NotRouted>;
};

export type TaskWatch = {
  readonly signal: AbortSignal;
  readonly onRouted: (target: { readonly provider: string; readonly model: string }) => Promise<void>;
  readonly onEvent: (event: TaskEvent) => void;
};

export type DoneByDaemon = {
  readonly kind: 'done';
  readonly text: string;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly begun: boolean;
  readonly work: TaskOutcome | null;
};

export type NotRouted = { readonly kind: 'not-routed'; readonly reason: string };

export type LocalDaemonParts = {
  readonly socketPath: string;
  /** Path of omcmd.js. */
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
};

const START_MS = 30_000;
/** Its first answer may wait for a first OpenCode. */
const ANSWER_MS = 120_000;

export function createLocalDaemon({ socketPath, program, env }: LocalDaemonParts): LocalDaemon {
  const ensure = async () => {
    const ensured = await ensureDaemon({ socketPath, program, env, timeoutMs: START_MS });
    if (!ensured.ok) throw new Error(ensured.message);
  };

  const attempt = async (request: TaskRequest, { signal, onRouted, onEvent }: TaskWatch) => {
    await ensure();
    const call = { socketPath, method: 'POST', path: '/v1/tasks', body: request } as const;
    const answer = await callDaemon({ ...call, timeoutMs: ANSWER_MS });
    const started = taskStartedSchema.safeParse(answer.body);
    if (answer.status !== 200 || !started.success)
      return { kind: 'not-routed', reason: `the daemon answered ${answer.status}` } as const;
    const { taskId, decision } = started.data;
    if (!decision.route || decision.target === null)
      return { kind: 'not-routed', reason: decision.block?.message ?? decision.reason } as const;
    await onRouted(decision.target);
    const { text, last } = await awaitTask({ socketPath, taskId, signal, onEvent });
    if (last === null) return null;
    const failed = last.type === 'failed' ? last : null;
    const begun = failed === null || failed.begun;
    const failure = failed && { code: failed.failure.code, message: failed.failure.message };
    return { kind: 'done', text, failure, begun, work: last.outcome } as const;
  };

  return {
    models: async () => {
      await ensure();
      const { body } = await callDaemon({ socketPath, path: '/v1/providers', timeoutMs: ANSWER_MS });
      const { connected } = providersSchema.parse(body);
      return connected.flatMap(({ id, models }) => models.map((model) => `${id}/${model}`));
    },
    perform: async (request, watch) => {
      const done = await attempt(request, watch);
      if (done !== null) return done;
      return { kind: 'not-routed', reason: 'the daemon was lost with it' };
    },
  };
}
