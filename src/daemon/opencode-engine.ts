/** The engine that works with OpenCode's sessions and tools, on a server of the pool. */
import { runSession } from '../adapters/opencode/run-session.ts';
import { type Engine, type EngineEvent, type EngineTask, NO_TOKENS } from '../core/delegation/engine.ts';
import { toFailure } from '../core/delegation/failure.ts';
import type { Conversations } from './conversations.ts';
import type { Lease, ServerPool } from './server-pool.ts';

export function createOpencodeEngine(
  pool: ServerPool,
  conversations: Conversations,
  stallTimeoutMs: () => number,
): Engine {
  return {
    run: async function* (task, signal) {
      let lease: Lease;
      try {
        lease = await pool.lease(signal);
      } catch (error) {
        yield failed(task, error);
        return;
      }
      try {
        const resume = conversations.find(task.conversation, lease.serverId);
        const onSession = (session: string) =>
          conversations.remember(task.conversation, lease.serverId, session);
        yield* runSession(lease.host, task, { stallTimeoutMs: stallTimeoutMs(), resume, onSession }, signal);
      } catch (error) {
        yield failed(task, error);
      } finally {
        lease.release();
      }
    },
  };
}

function failed(task: EngineTask, error: unknown): EngineEvent {
  return {
    type: 'failed',
    failure: toFailure(error),
    tokens: NO_TOKENS,
    costUsd: 0,
    filesChanged: [],
    model: task.target.model,
    provider: task.target.provider,
  };
}
