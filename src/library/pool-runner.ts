/** Does one task as the daemon would: by the model of its agent's role, on a warm OpenCode server. */
import { resolveAgent } from '../core/agents/resolve-agent.ts';
import { DEFAULT_CONFIG } from '../core/config/default-config.ts';
import type { ExecutorOptions, ExecutorTask } from './executor-options.ts';
import { OpenCodeServerPool, type PoolAnswer } from './opencode-server-pool.ts';

export type PoolRunner = {
  run(task: ExecutorTask, signal: AbortSignal): Promise<PoolAnswer>;
  shutdown(): Promise<void>;
};

type PoolSettings = Pick<ExecutorOptions<unknown>, 'pool' | 'directory' | 'may'>;

export function createPoolRunner({ pool: options, directory, may = 'read-only' }: PoolSettings): PoolRunner {
  const pool = new OpenCodeServerPool(options);
  return {
    run: ({ prompt, model, agent: name = 'explore' }, signal) => {
      const { agent } = resolveAgent(name);
      return pool.run({
        prompt,
        signal,
        model: model ?? DEFAULT_CONFIG.targets[agent.target][0] ?? '',
        directory: directory ?? process.cwd(),
        may: agent.writes ? may : 'read-only',
      });
    },
    shutdown: () => pool.shutdown(),
  };
}
