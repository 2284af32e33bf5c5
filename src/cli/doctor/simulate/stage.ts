/** Where a scenario plays: the real Claude Code, OpenCode and daemon in a HOME of their own, before simulated providers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Paths, resolvePaths } from '../../../adapters/files/paths.ts';
import { callDaemon } from '../../../client/call-daemon.ts';
import type { Status } from '../../../protocol/status.ts';
import { agentCalls } from '../../../simulation/claude-events.ts';
import type { IsolatedHome } from '../../../simulation/isolated-home.ts';
import { runClaude } from '../../../simulation/run-claude.ts';
import { scriptConductor, subagentOf } from '../../../simulation/scripted-conductor.ts';
import { type Simulation, startSimulation } from '../../../simulation/simulation.ts';
import type { DemoWords } from '../../demo/messages/en.ts';
import { createStartedProcesses } from '../../demo/processes/started-processes.ts';
import { stopDaemon } from '../../demo/processes/stop-daemon.ts';
import { warmDaemon } from '../../demo/processes/warm-daemon.ts';

export type Setting = {
  readonly config: object;
  readonly login?: 'api-key' | 'subscription';
};

export type StageOptions = Setting & {
  /** The PATH on which the programs are found. */
  readonly path: string;
  /** Path of omcmd.js, in the plugin's folder. */
  readonly program: string;
  readonly words: DemoWords;
  readonly signal: AbortSignal;
};

/** What came of the one subagent that a session called. */
export type Call = {
  readonly report: string | null;
  /** How often Claude was asked for the subagent. */
  readonly byClaude: number;
  readonly byOthers: number;
};

export type SessionExtra = {
  readonly env?: Readonly<Record<string, string>>;
  /** Of each answer of the simulated Claude. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type Stage = Pick<Simulation, 'providers'> & {
  readonly home: IsolatedHome;
  readonly warm: () => Promise<void>;
  readonly session: (extra?: SessionExtra) => Promise<Call>;
  readonly status: () => Promise<Status>;
  /** Returns the processes that could not be ended. */
  readonly close: () => Promise<readonly number[]>;
};

const SESSION_MS = 60_000;
const STATUS_MS = 10_000;
const AGENT = 'Explore';

export async function openStage(options: StageOptions): Promise<Stage> {
  const { login = 'api-key' } = options;
  const simulation = await startSimulation({ prefix: 'omcm-simulate', login });
  const home = withPath(simulation.home, options.path);
  const paths = pathsIn(home);
  mkdirSync(paths.configDir, { recursive: true, mode: 0o700 });
  writeFileSync(paths.userConfigFile, JSON.stringify(options.config));
  const processes = createStartedProcesses();
  const { program, words, signal } = options;
  return {
    providers: simulation.providers,
    home,
    warm: () => warmDaemon({ stage: { home, paths }, program, signal, processes, words }),
    session: (extra = {}) => playSession(simulation, { ...options, ...extra, home }),
    status: async () => {
      const call = { socketPath: paths.socketPath, path: '/v1/status', timeoutMs: STATUS_MS, signal };
      return (await callDaemon(call)).body as Status;
    },
    close: async () => {
      const left = await stopDaemon({ kind: 'simulated', paths }, processes);
      await simulation.stop();
      return left;
    },
  };
}

type Played = StageOptions & SessionExtra & { readonly home: IsolatedHome };

async function playSession(
  { providers }: Simulation,
  { home, program, env = {}, headers = {}, path, signal }: Played,
): Promise<Call> {
  const { anthropic, openai, google } = providers;
  const count = () => ({
    byClaude: anthropic.journal().filter((request) => subagentOf(request) !== undefined).length,
    byOthers: openai.journal().length + google.journal().length,
  });
  const before = count();
  const removeScript = scriptConductor(anthropic, {
    prompt: 'omcm doctor',
    headers,
    rounds: [{ calls: [{ agent: AGENT, prompt: 'Where are prices formatted?' }] }],
  });
  const { events } = await runClaude({
    home,
    prompt: 'omcm doctor',
    pluginDirs: [dirname(dirname(program))],
    env: { PATH: path, ...env },
    timeoutMs: SESSION_MS,
    signal,
  });
  removeScript();
  signal.throwIfAborted();
  const after = count();
  const result = agentCalls(events)[0]?.result;
  return {
    report: result === undefined || result.isError ? null : result.report,
    byClaude: after.byClaude - before.byClaude,
    byOthers: after.byOthers - before.byOthers,
  };
}

function withPath(home: IsolatedHome, path: string): IsolatedHome {
  return { ...home, env: (extra = {}) => home.env({ PATH: path, ...extra }) };
}

function pathsIn({ home }: IsolatedHome): Paths {
  const uid = process.getuid?.() ?? null;
  return resolvePaths({ env: {}, home, platform: process.platform, tmpDir: '/tmp', uid });
}
