// A home in which OMCM is at work: simulated providers, real Claude Code, real OpenCode, our plugin as it is built.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type PathsInput, resolvePaths } from '../../src/adapters/files/paths.ts';
import { callDaemon } from '../../src/client/call-daemon.ts';
import { ensureDaemon } from '../../src/client/ensure-daemon.ts';
import type { Status } from '../../src/protocol/status.ts';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import type { IsolatedHome, IsolatedHomeOptions } from '../../src/simulation/isolated-home.ts';
import { type ClaudeResult, type ClaudeRun, runClaude } from '../../src/simulation/run-claude.ts';
import type { Simulation } from '../../src/simulation/simulation.ts';
import { withOwnPorts } from './own-ports.ts';
import { stopProcess } from './stop-process.ts';
import { useSimulation } from './use-simulation.ts';

export const PLUGIN_DIR = join(import.meta.dirname, '..', '..', 'plugin');
const DAEMON_PROGRAM = join(PLUGIN_DIR, 'dist', 'omcmd.js');

export type Omcm = Simulation & {
  readonly socketPath: string;
  readonly stateDir: string;
  readonly env: (extra?: Readonly<Record<string, string>>) => NodeJS.ProcessEnv;
  /** Runs the real Claude Code with our plugin. */
  readonly claude: (run: Omit<ClaudeRun, 'home'>) => Promise<ClaudeResult>;
  readonly configure: (config: object) => void;
  readonly start: () => Promise<void>;
  /** Starts the daemon, and warms a server for the project's folder. */
  readonly warm: () => Promise<void>;
  readonly status: () => Promise<Status>;
  readonly daemonPid: () => number | null;
  /** What came of each routed task. */
  readonly outcomes: () => readonly Readonly<Record<string, unknown>>[];
  readonly routingLog: () => readonly Readonly<Record<string, unknown>>[];
};

export type OmcmOptions = Omit<IsolatedHomeOptions, 'providers'> & {
  readonly config?: object | ((home: IsolatedHome) => object);
  /** Of everything that is started here. */
  readonly variables?: Readonly<Record<string, string>>;
};

export async function useOmcm({
  config = { mode: 'fusion' },
  variables = {},
  ...options
}: OmcmOptions = {}): Promise<Omcm> {
  const simulation = await useSimulation(options);
  const { home } = simulation;
  const env = (extra: Readonly<Record<string, string>> = {}) =>
    home.env({ PATH: binariesPath(), ...variables, ...extra });
  const input: PathsInput = {
    env: {},
    home: home.home,
    platform: process.platform,
    tmpDir: '/tmp',
    uid: process.getuid?.() ?? null,
  };
  const paths = resolvePaths(input);
  const configure = (settings: object) =>
    writeFile(paths.userConfigFile, JSON.stringify(withOwnPorts(settings)));
  configure(typeof config === 'function' ? config(home) : config);

  const call = (path: string, body?: unknown) =>
    callDaemon({
      socketPath: paths.socketPath,
      path,
      // A busy machine takes its time for the first start.
      timeoutMs: 90_000,
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
  const daemonPid = () => readPid(paths.endpointFile);
  // Runs before the simulation is taken down: hooks of a test are called in reverse.
  onTestFinished(async () => {
    const pid = daemonPid();
    if (pid !== null) await stopProcess(pid);
  });

  const start = async () => {
    const ensured = await ensureDaemon({
      socketPath: paths.socketPath,
      program: DAEMON_PROGRAM,
      env: env(),
    });
    if (!ensured.ok) throw new Error(ensured.message);
  };

  return {
    ...simulation,
    socketPath: paths.socketPath,
    stateDir: paths.stateDir,
    env,
    claude: (run) =>
      runClaude({ pluginDirs: [PLUGIN_DIR], ...run, home, env: { PATH: binariesPath(), ...run.env } }),
    configure,
    start,
    warm: async () => {
      await start();
      await call('/v1/warm', { directory: home.projectDir });
    },
    status: async () => (await call('/v1/status')).body as Status,
    daemonPid,
    outcomes: () => readLines(paths.outcomeLogFile),
    routingLog: () => readLines(paths.routingLogFile),
  };
}

/** A user has `opencode` on the PATH; here it lies in node_modules. */
function binariesPath(): string {
  const { opencode } = findBinaries();
  return `${dirname(opencode ?? '')}:${process.env.PATH}`;
}

function writeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function readPid(endpointFile: string): number | null {
  try {
    return (JSON.parse(readFileSync(endpointFile, 'utf8')) as { pid: number }).pid;
  } catch {
    return null;
  }
}

function readLines(file: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  } catch {
    return [];
  }
}
