// A worker on a machine of its own, as far as a HOME is one: its own daemon, its own OpenCode, the same providers.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { onTestFinished } from 'vitest';
import { resolvePaths } from '../../src/adapters/files/paths.ts';
import { createIsolatedHome } from '../../src/simulation/isolated-home.ts';
import type { Simulation } from '../../src/simulation/simulation.ts';
import { until } from '../daemon/support/until.ts';
import { withOwnPorts } from './own-ports.ts';
import { endProcessesUnder, stopProcess } from './stop-process.ts';

export type TeamWorker = {
  /** At once; its daemon and its OpenCode stay. */
  readonly kill: () => Promise<void>;
  /** As whoever watches over it would, on the same machine. */
  readonly restart: () => void;
  readonly stateDir: string;
  /** What it has told, as it told it. */
  readonly events: () => readonly { readonly event: string; readonly [field: string]: unknown }[];
  readonly pid: () => number;
  readonly ready: () => Promise<void>;
};

export type TeamWorkerOptions = {
  readonly url: string;
  readonly cli: string;
  readonly path: string;
  readonly words?: readonly string[];
  /** The words before the program that bring it to its machine's network. */
  readonly enter?: readonly string[];
  readonly config?: object;
};

const LIMIT_MS = 90_000;

export function useTeamWorker(
  { providers }: Pick<Simulation, 'providers'>,
  { url, cli, path, words = [], enter = [], config = {} }: TeamWorkerOptions,
): TeamWorker {
  const home = createIsolatedHome({ providers });
  const { stateDir, userConfigFile } = resolvePaths({
    env: {},
    home: home.home,
    platform: process.platform,
    tmpDir: '/tmp',
    uid: process.getuid?.() ?? null,
  });
  mkdirSync(dirname(userConfigFile), { recursive: true });
  writeFileSync(userConfigFile, JSON.stringify(withOwnPorts({ pool: { maxServers: 1 }, ...config })));
  const env = home.env({ PATH: path, OMCM_REDIS_URL: url });
  let said = '';
  let complained = '';
  const start = (): ChildProcess => {
    const [program = '', ...more] = [...enter, process.execPath, cli, 'worker', '--json', ...words];
    const started = spawn(program, more, { env, cwd: home.home });
    started.stdout.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
    started.stderr.setEncoding('utf8').on('data', (piece: string) => {
      complained += piece;
    });
    return started;
  };
  let child = start();
  const pid = () => child.pid ?? 0;
  onTestFinished(async () => {
    await stopProcess(pid(), 2_000);
    await endProcessesUnder(home.home);
    home.cleanup();
  });
  const events = () =>
    said
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { event: string });
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await stopProcess(pid());
    },
    restart: () => {
      child = start();
    },
    stateDir,
    events,
    pid,
    ready: () =>
      until(() => {
        if (child.exitCode !== null) throw new Error(`the worker is gone: ${complained}`);
        return events().some(({ event }) => event === 'ready');
      }, LIMIT_MS),
  };
}
