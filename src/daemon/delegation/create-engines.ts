/** Builds the three ways to OpenCode, and the one engine that chooses among them. */
import type { Paths } from '../../adapters/files/paths.ts';
import type { AcpEngineOptions } from '../../adapters/opencode/acp/acp-options.ts';
import type { AcpEngine } from '../../adapters/opencode/acp/create-acp-engine.ts';
import { createRunEngine } from '../../adapters/opencode/run/create-run-engine.ts';
import { sessionStore } from '../../adapters/opencode/session-stores.ts';
import type { Config } from '../../core/config/schema.ts';
import type { StrategyEngine } from '../../core/strategy/strategy-engine.ts';
import type { Log } from '../log/log.ts';
import type { ServerPool } from '../pool/server-pool.ts';
import type { Conversations } from './conversations.ts';
import { createStrategyEngine } from './create-strategy-engine.ts';
import { createOpencodeEngine } from './opencode-engine.ts';

export type EnginesOptions = {
  readonly paths: Paths;
  readonly env: NodeJS.ProcessEnv;
  readonly config: Config;
  readonly pool: ServerPool;
  readonly conversations: Conversations;
  readonly now: () => number;
  readonly log: Log;
};

export type Engines = {
  readonly engine: StrategyEngine;
  /** Ends what the pool does not hold. */
  stop(): Promise<void>;
};

/** Ten times what a cold folder takes; a server that needs longer does not work. */
const OPEN_TIMEOUT_MS = 15_000;

export function createEngines({
  paths,
  env,
  config,
  pool,
  conversations,
  now,
  log,
}: EnginesOptions): Engines {
  const { command, args, startTimeout, stallTimeout, timeout, strategy } = config.opencode;
  const processes = (place: 'run' | 'acp') => ({
    command,
    args,
    env,
    databaseFile: sessionStore(paths.stateDir, place),
    startTimeoutMs: startTimeout,
    stallTimeoutMs: () => stallTimeout,
    conversations,
    onOutput: (line: string) => log.debug({ place, line }, 'opencode says'),
  });
  const acp = createLateAcpEngine(processes('acp'));
  const engine = createStrategyEngine({
    engines: {
      serve: createOpencodeEngine(pool, conversations, {
        stallTimeoutMs: () => stallTimeout,
        deadlineMs: () => timeout,
        now,
        openTimeoutMs: Math.min(OPEN_TIMEOUT_MS, startTimeout),
      }),
      run: createRunEngine(processes('run')),
      acp,
    },
    asked: () => strategy,
    serverOutlook: pool.outlook,
    conversations,
    now,
    log,
  });
  return { engine, stop: acp.stop };
}

/** The protocol's library is loaded by whoever uses it first: most never do. */
function createLateAcpEngine(options: AcpEngineOptions): AcpEngine {
  let engine: Promise<AcpEngine> | null = null;
  const load = async (): Promise<AcpEngine> => {
    const { createAcpEngine } = await import('../../adapters/opencode/acp/create-acp-engine.ts');
    return createAcpEngine(options);
  };
  return {
    open: async (work, signal) => {
      engine ??= load();
      return (await engine).open(work, signal);
    },
    stop: async () => (await engine)?.stop(),
  };
}
