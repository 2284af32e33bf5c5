import { join } from 'node:path';
import type { Ground } from '../ground.ts';
import { createServerPool } from './create-server-pool.ts';
import { poolLimits } from './pool-limits.ts';
import { createServerLedger } from './server-ledger.ts';
import type { ServerPool } from './server-pool.ts';

/** The pool as the daemon's configuration has it. */
export function openPool({ config, paths, env, childEnv, now, log, onProblem }: Ground): ServerPool {
  return createServerPool({
    command: config.opencode.command,
    args: config.opencode.args,
    basePort: config.pool.basePort,
    startTimeoutMs: config.opencode.startTimeout,
    limits: poolLimits(config),
    ledger: createServerLedger(join(paths.stateDir, 'opencode', 'servers.json')),
    env: childEnv,
    remotes: config.pool.remotes,
    secrets: env,
    stateDir: paths.stateDir,
    now,
    log,
    onProblem: ({ code, message, detail }) => onProblem(code, [message, detail].filter(Boolean).join(' ')),
  });
}
