/** The daemon's pool, put together for one program. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CONFIG } from '../core/config/default-config.ts';
import type { Engine } from '../core/delegation/engine.ts';
import { createConversations } from '../daemon/delegation/conversations.ts';
import { createOpencodeEngine } from '../daemon/delegation/opencode-engine.ts';
import { silentLog } from '../daemon/log/log.ts';
import { createServerPool } from '../daemon/pool/create-server-pool.ts';
import { poolLimits } from '../daemon/pool/pool-limits.ts';
import { createServerLedger } from '../daemon/pool/server-ledger.ts';
import type { ServerPool } from '../daemon/pool/server-pool.ts';
import type { OpenCodeServerPoolOptions } from './pool-options.ts';

export type RunningPool = {
  readonly pool: ServerPool;
  readonly engine: Engine;
  /** Ends all servers, and what was stored of their sessions. */
  stop(): Promise<void>;
};

export async function startPool(options: OpenCodeServerPoolOptions): Promise<RunningPool> {
  const { command, env = process.env, ...pool } = options;
  const { opencode } = DEFAULT_CONFIG;
  const settings = { ...DEFAULT_CONFIG.pool, ...pool };
  const folder = await mkdtemp(join(tmpdir(), 'omcm-pool-'));
  const log = silentLog();
  const servers = createServerPool({
    command: command ?? opencode.command,
    args: [],
    basePort: settings.basePort,
    startTimeoutMs: opencode.startTimeout,
    limits: poolLimits({ ...DEFAULT_CONFIG, pool: settings }),
    ledger: createServerLedger(join(folder, 'servers.json')),
    env,
    stateDir: folder,
    now: Date.now,
    log,
    remotes: [],
    secrets: {},
    onProblem: () => undefined,
  });
  const engine = createOpencodeEngine(servers, createConversations(), {
    stallTimeoutMs: () => opencode.stallTimeout,
    deadlineMs: () => opencode.timeout,
    openTimeoutMs: opencode.startTimeout,
  });
  const stop = async () => {
    await servers.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { pool: servers, engine, stop };
}
