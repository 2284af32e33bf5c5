/** A simulation with OMCM at work in it, for measuring: the built plugin, a daemon, a warm server. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolvePaths } from '../src/adapters/files/paths.ts';
import { processIsAlive } from '../src/adapters/processes/process-is-alive.ts';
import { callDaemon } from '../src/client/call-daemon.ts';
import { ensureDaemon } from '../src/client/ensure-daemon.ts';
import type { Status } from '../src/protocol/status.ts';
import { findBinaries } from '../src/simulation/find-binaries.ts';
import { type Simulation, startSimulation } from '../src/simulation/simulation.ts';

const root = process.env.OMCM_ROOT ?? process.cwd();
export const PLUGIN_DIR = join(root, 'plugin');

export type BenchHome = Simulation & {
  readonly socketPath: string;
  readonly env: NodeJS.ProcessEnv;
  readonly path: string;
  /** What holds for the next call. */
  readonly configure: (settings: object) => void;
  readonly start: () => Promise<void>;
  /** Starts the daemon, and warms a server for the project's folder. */
  readonly warm: () => Promise<void>;
  readonly status: () => Promise<Status>;
  readonly stopDaemon: () => Promise<void>;
};

export async function withBenchHome<T>(
  work: (home: BenchHome) => Promise<T>,
  config: object = {},
  more: NodeJS.ProcessEnv = {},
): Promise<T> {
  const simulation = await startSimulation({ prefix: 'omcm-bench' });
  const { home } = simulation;
  const paths = resolvePaths({
    env: {},
    home: home.home,
    platform: process.platform,
    tmpDir: '/tmp',
    uid: null,
  });
  const configure = (settings: object) => {
    mkdirSync(dirname(paths.userConfigFile), { recursive: true });
    writeFileSync(paths.userConfigFile, JSON.stringify({ mode: 'fusion', ...settings }));
  };
  configure(config);
  const path = `${dirname(findBinaries().opencode ?? '')}:${process.env.PATH}`;
  const env = home.env({ PATH: path, ...more });
  const { socketPath } = paths;
  const start = async () => {
    const ensured = await ensureDaemon({ socketPath, program: join(PLUGIN_DIR, 'dist', 'omcmd.js'), env });
    if (!ensured.ok) throw new Error(ensured.message);
  };
  const warm = async () => {
    await start();
    await callDaemon({ socketPath, method: 'POST', path: '/v1/warm', body: { directory: home.projectDir } });
  };
  try {
    return await work({
      ...simulation,
      socketPath,
      env,
      path,
      configure,
      start,
      warm,
      status: async () => (await callDaemon({ socketPath, path: '/v1/status' })).body as Status,
      stopDaemon: () => stopDaemon(paths.endpointFile),
    });
  } finally {
    await stopDaemon(paths.endpointFile);
    await simulation.stop();
  }
}

async function stopDaemon(endpointFile: string): Promise<void> {
  try {
    const { pid } = JSON.parse(readFileSync(endpointFile, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGTERM');
    while (processIsAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 25));
  } catch {
    // It was never started, or it is gone.
  }
}
