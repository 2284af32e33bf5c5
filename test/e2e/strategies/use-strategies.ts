// The three engines over the real OpenCode, in one HOME with simulated providers, as the daemon would put them together.

import { realpathSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAcpEngine } from '../../../src/adapters/opencode/acp/create-acp-engine.ts';
import { findFreePort } from '../../../src/adapters/opencode/free-port.ts';
import { createRunEngine } from '../../../src/adapters/opencode/run/create-run-engine.ts';
import { openEventFeed } from '../../../src/adapters/opencode/serve/event-feed.ts';
import { launchServer } from '../../../src/adapters/opencode/serve/launch-server.ts';
import { mergeConfigContent, serverConfig } from '../../../src/adapters/opencode/serve/server-config.ts';
import type { Engine } from '../../../src/core/delegation/engine.ts';
import type { Strategy } from '../../../src/core/strategy/strategy.ts';
import { createConversations } from '../../../src/daemon/delegation/conversations.ts';
import { createOpencodeEngine } from '../../../src/daemon/delegation/opencode-engine.ts';
import type { Lease, ServerPool } from '../../../src/daemon/pool/server-pool.ts';
import { findBinaries } from '../../../src/simulation/find-binaries.ts';
import type { IsolatedHome } from '../../../src/simulation/isolated-home.ts';

export type BuiltEngine = { readonly engine: Engine; readonly stop: () => Promise<void> };

export type EngineSettings = {
  readonly stallTimeoutMs: () => number;
  readonly env?: Readonly<Record<string, string>>;
};

const START_MS = 90_000;

export function buildEngine(strategy: Strategy, home: IsolatedHome, settings: EngineSettings): BuiltEngine {
  const { stallTimeoutMs } = settings;
  const env = home.env(settings.env);
  const databaseFile = join(home.root, `${strategy}.db`);
  const conversations = createConversations();
  const command = findBinaries().opencode ?? 'opencode';
  const options = {
    command,
    args: [],
    env,
    databaseFile,
    startTimeoutMs: START_MS,
    stallTimeoutMs,
    conversations,
  };
  switch (strategy) {
    case 'run':
      return { engine: createRunEngine(options), stop: async () => undefined };
    case 'acp': {
      const engine = createAcpEngine(options);
      return { engine, stop: engine.stop };
    }
    case 'serve': {
      const { pool, stop } = poolOfOne(home, options);
      return {
        engine: createOpencodeEngine(pool, conversations, {
          stallTimeoutMs,
          deadlineMs: () => START_MS,
          openTimeoutMs: START_MS,
        }),
        stop,
      };
    }
  }
}

type ServerSettings = {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly databaseFile: string;
};

/** What the engine needs of a pool: a server, and another one when it died. */
function poolOfOne(home: IsolatedHome, settings: ServerSettings) {
  let running: ReturnType<typeof startServer> | null = null;
  const ensure = () => {
    if (running !== null) return running;
    const starting = startServer(home, settings);
    running = starting;
    void starting.then(({ server, feed }) =>
      server.exited.then(() => {
        feed.close();
        if (running === starting) running = null;
      }),
    );
    return starting;
  };
  const lease = async (): Promise<Lease> => {
    const { server, feed } = await ensure();
    const host = { client: server.client, feed, exited: server.exited };
    return {
      host,
      sessions: { opened: () => undefined, ended: () => undefined },
      serverId: String(server.pid),
      place: 'one',
      release: () => undefined,
      suspect: () => undefined,
    };
  };
  const stop = async () => {
    const last = await running;
    last?.feed.close();
    await last?.server.stop();
  };
  return { pool: { lease } as unknown as ServerPool, stop };
}

async function startServer(home: IsolatedHome, { command, env, databaseFile }: ServerSettings) {
  const result = await launchServer({
    command,
    args: [],
    port: (await findFreePort(14_096)) ?? 0,
    cwd: home.root,
    env,
    configContent: mergeConfigContent(env.OPENCODE_CONFIG_CONTENT, serverConfig(null)),
    databaseFile,
    startTimeoutMs: START_MS,
    onOutput: () => undefined,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  const feed = await openEventFeed(result.server.client, { timeoutMs: START_MS, onBroken: () => undefined });
  return { server: result.server, feed };
}

/** The OpenCode processes of this HOME. Linux only: elsewhere nothing is found. */
export async function opencodeProcesses(home: IsolatedHome): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => ((await isOpencodeOf(home, pid)) ? [Number(pid)] : [])),
  );
  return found.flat();
}

async function isOpencodeOf(home: IsolatedHome, pid: string): Promise<boolean> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const [command, environment] = await Promise.all([read('cmdline'), read('environ')]);
  const isOurs = environment.includes(`HOME=${realpathSync(home.home)}\0`);
  return isOurs && /\0?(serve|run|acp)\0/.test(command) && command.includes('opencode');
}

/** Whether any process was started with this in its command. */
export async function isRunning(command: string): Promise<boolean> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.some((line) => line.replaceAll('\0', ' ').includes(command));
}
