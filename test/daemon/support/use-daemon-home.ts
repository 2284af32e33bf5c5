// A HOME in which daemons can be started, with a stand-in for OpenCode. Nothing of it outlives the test.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Paths, resolvePaths } from '../../../src/adapters/files/paths.ts';
import { callDaemon, type DaemonAnswer, streamFromDaemon } from '../../../src/client/call-daemon.ts';
import { type Ensured, ensureDaemon } from '../../../src/client/ensure-daemon.ts';
import type { Status } from '../../../src/protocol/status.ts';
import { withOwnPorts } from '../../support/own-ports.ts';
import { TEST_FOLDER_PREFIX } from '../../support/test-folder-prefix.ts';
import type { Programs } from './build-programs.ts';
import { daemonProcesses, endDaemons } from './daemon-processes.ts';

const FAKE_OPENCODE = join(import.meta.dirname, 'fake-opencode.mjs');
const FAKE_CLAUDE = join(import.meta.dirname, 'fake-claude.mjs');

export type JournalEntry = {
  readonly at: number;
  readonly method?: string;
  readonly path?: string;
  readonly body?: Record<string, unknown> | null;
  /** The pid of a server that has just started. */
  readonly started?: number;
  readonly port?: number;
  /** The arguments with which the stand-in for Claude Code was started. */
  readonly claude?: readonly string[];
  readonly prompt?: string;
  readonly env?: Readonly<Record<string, string>>;
};

export type DaemonHome = {
  readonly home: string;
  readonly projectDir: string;
  readonly paths: Paths;
  readonly env: (extra?: Readonly<Record<string, string>>) => NodeJS.ProcessEnv;
  /** Finds or starts the daemon of these programs. */
  readonly ensure: (programs: Programs, timeoutMs?: number) => Promise<Ensured>;
  readonly call: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<DaemonAnswer>;
  readonly stream: (body: unknown, signal?: AbortSignal) => AsyncGenerator<unknown>;
  readonly status: () => Promise<Status>;
  readonly daemons: () => readonly number[];
  /** What the stand-in for OpenCode was asked. */
  readonly journal: () => readonly JournalEntry[];
  readonly routingLog: () => readonly Readonly<Record<string, unknown>>[];
};

export type HomeOptions = {
  readonly config?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** The last part of HOME's path. */
  readonly name?: string;
};

export function useDaemonHome({ config = {}, env: own = {}, name = 'home' }: HomeOptions = {}): DaemonHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX)));
  const home = join(root, name);
  const projectDir = join(root, 'project');
  const journalFile = join(root, 'journal.jsonl');
  for (const folder of [home, projectDir]) mkdirSync(folder);
  const paths = resolvePaths({
    env: {},
    home,
    platform: process.platform,
    tmpDir: '/tmp',
    uid: process.getuid?.() ?? null,
  });
  const opencode = { command: process.execPath, args: [FAKE_OPENCODE] };
  const claude = { command: process.execPath, args: [FAKE_CLAUDE] };
  // In the seed's place, so that the state folder is the daemon's to make.
  writeJson(paths.seedConfigFile, {
    mode: 'fusion',
    ...withOwnPorts(config),
    opencode: { ...opencode, ...(config as { opencode?: object }).opencode },
    claude: { ...claude, ...(config as { claude?: object }).claude },
  });
  const env = (extra: Readonly<Record<string, string>> = {}) => ({
    PATH: process.env.PATH,
    HOME: home,
    OMCM_TEST_RUN: process.env.OMCM_TEST_RUN,
    FAKE_OPENCODE_JOURNAL: journalFile,
    ...own,
    ...extra,
  });
  onTestFinished(async () => {
    await endDaemons(home);
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    rmSync(paths.socketPath, { force: true });
  });

  const { socketPath } = paths;
  const call: DaemonHome['call'] = (method, path, body) =>
    callDaemon({ socketPath, method, path, timeoutMs: 15_000, ...(body === undefined ? {} : { body }) });
  return {
    home,
    projectDir,
    paths,
    env,
    ensure: (programs, timeoutMs = 10_000) =>
      ensureDaemon({ socketPath, program: programs.daemon, env: env(), timeoutMs }),
    call,
    stream: (body, signal) =>
      streamFromDaemon({
        socketPath,
        method: 'POST',
        path: '/v1/tasks?stream=1',
        body,
        ...(signal === undefined ? {} : { signal }),
      }),
    status: async () => (await call('GET', '/v1/status')).body as Status,
    daemons: () => daemonProcesses(home),
    journal: () => readLines<JournalEntry>(journalFile),
    routingLog: () => readLines(paths.routingLogFile),
  };
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}

function readLines<T>(file: string): readonly T[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as T);
}
