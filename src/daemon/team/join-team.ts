/** Has the tasks of runs done by a team. Loaded only where that is configured: what speaks to Redis is heavy. */
import { join } from 'node:path';
import { readRedisAddress } from '../../adapters/files/read-redis-address.ts';
import { makeBundle } from '../../adapters/git/make-bundle.ts';
import type { ConnectedProvider } from '../../adapters/opencode/serve/list-providers.ts';
import type { Config } from '../../core/config/schema.ts';
import { CODE_BRANCH } from '../../protocol/queue.ts';
import type { TeamStatus } from '../../protocol/status.ts';
import type { Log } from '../log/log.ts';
import type { Router } from '../routing/router.ts';
import type { TaskDispatch } from '../runs/task-dispatch.ts';
import type { Worktrees } from '../runs/worktrees.ts';
import { openQueue } from './open-queue.ts';
import { createPlaceTask, type PlaceParts } from './place-task.ts';
import { createQueueDispatch } from './queue-dispatch.ts';
import type { TasksElsewhere } from './tasks-elsewhere.ts';

export type Team = {
  readonly dispatch: TaskDispatch;
  status(): TeamStatus;
  close(): Promise<void>;
};

export type TeamParts = Omit<PlaceParts, 'router'> & {
  readonly config: Config['execution'];
  /** Holds the address of the Redis. */
  readonly secrets: NodeJS.ProcessEnv;
  readonly env: NodeJS.ProcessEnv;
  readonly stateDir: string;
  readonly here: TaskDispatch;
  readonly onClaude: (reason: string) => TaskDispatch;
  readonly worktrees: Pick<Worktrees, 'forRun'>;
  /** One that knows these models. */
  readonly router: (providers: () => readonly ConnectedProvider[] | null) => Pick<Router, 'decide'>;
  readonly elsewhere: TasksElsewhere;
  readonly log: Log;
  readonly onProblem: (code: string, message: string) => void;
};

/** `null`: nobody says where it is; then everything is done here. */
export async function joinTeam(parts: TeamParts): Promise<Team | null> {
  const { config, env, stateDir, log, onProblem } = parts;
  const read = await readRedisAddress(config, parts.secrets);
  if (!read.ok) {
    onProblem('redis-not-configured', read.message);
    return null;
  }
  const queue = openQueue({
    address: read.address,
    namespace: config.namespace,
    bundle: ({ commonDir, head, base }, what) =>
      makeBundle({
        commonDir,
        folder: join(stateDir, 'travel'),
        env,
        branch: CODE_BRANCH,
        commit: what === 'head' ? head : base,
        without: what === 'head' ? null : head,
        maxBytes: config.maxBundleMb * 1_048_576,
      }),
    now: parts.now,
    onProblem,
    onTold: (message) => log.info(message),
  });
  const place = createPlaceTask({ ...parts, router: parts.router(queue.providers) });
  const { here, onClaude, worktrees } = parts;
  return {
    dispatch: createQueueDispatch({
      here,
      onClaude,
      worktrees,
      sender: queue.sender,
      place,
      elsewhere: parts.elsewhere,
      onProblem,
    }),
    status: queue.status,
    close: queue.close,
  };
}
