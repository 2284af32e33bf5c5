/** Starts one `opencode serve` that is ours: own password, own process group, ready only when it answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { type Failure, failure } from '../../../core/delegation/failure.ts';
import { findProgram } from '../find-program.ts';
import { terminateGroup } from '../terminate-group.ts';
import { connectClient, type OpencodeClient } from './connect-client.ts';

export type LaunchOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** JSON for OPENCODE_CONFIG_CONTENT. */
  readonly configContent: string;
  readonly databaseFile: string;
  readonly startTimeoutMs: number;
  readonly onOutput: (line: string) => void;
  /** Nobody wants it any more: what has started is ended. */
  readonly signal?: AbortSignal;
  /** Long before the server is ready. */
  readonly onProcess?: (process: ServerProcess) => void;
};

export type ServerProcess = {
  readonly pid: number;
  /** Resolves with how it ended; never rejects. */
  readonly exited: Promise<string>;
};

export type OpencodeServer = ServerProcess & {
  readonly port: number;
  readonly client: OpencodeClient;
  stop(graceMs?: number): Promise<void>;
};

export type LaunchResult =
  | { readonly ok: true; readonly server: OpencodeServer }
  | { readonly ok: false; readonly failure: Failure };

/** OpenCode's own user name, unless it is told another. */
const USERNAME = 'opencode';

const UNWANTED = 'stopped before it was ready';

const LISTENING = /^opencode server listening on (http:\S+)$/m;

export async function launchServer(options: LaunchOptions): Promise<LaunchResult> {
  const program = await findProgram(options.command, options.env);
  if (program === null)
    return { ok: false, failure: failure('opencode-not-installed', { detail: options.command }) };
  const { signal } = options;
  if (signal?.aborted) return { ok: false, failure: failure('server-start-failed', { detail: UNWANTED }) };
  const password = randomBytes(24).toString('base64url');
  const child = spawnServer(program, password, options);
  const output = collectOutput(child, options.onOutput);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  });
  if (child.pid !== undefined) options.onProcess?.({ pid: child.pid, exited });
  const client = connectClient(`http://127.0.0.1:${options.port}`, { username: USERNAME, password });
  const ready = await untilReady({ client, output, exited, signal, timeoutMs: options.startTimeoutMs });
  if (ready !== null || child.pid === undefined) {
    if (child.pid !== undefined) await terminateGroup(child.pid, exited, 1_000);
    return { ok: false, failure: failure('server-start-failed', { detail: ready ?? 'no process' }) };
  }
  const pid = child.pid;
  return {
    ok: true,
    server: {
      port: options.port,
      pid,
      client,
      exited,
      stop: (graceMs) => stop(client, pid, exited, graceMs),
    },
  };
}

function spawnServer(program: readonly string[], password: string, options: LaunchOptions): ChildProcess {
  const [file = '', ...before] = program;
  const where = ['--hostname', '127.0.0.1', '--port', String(options.port)];
  return spawn(file, [...before, ...options.args, 'serve', ...where], {
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...options.env,
      OPENCODE_SERVER_PASSWORD: password,
      OPENCODE_CONFIG_CONTENT: options.configContent,
      OPENCODE_DB: options.databaseFile,
      OPENCODE_DISABLE_AUTOUPDATE: '1',
    },
  });
}

/** Both pipes are read to the end, or a full pipe would stop the server. */
function collectOutput(child: ChildProcess, onOutput: (line: string) => void) {
  let text = '';
  const listening = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (data: string) => {
      text = (text + data).slice(-4_000);
      if (LISTENING.test(text)) resolve();
      onOutput(data.trimEnd());
    });
    child.stderr?.setEncoding('utf8').on('data', (data: string) => {
      text = (text + data).slice(-4_000);
      onOutput(data.trimEnd());
    });
  });
  return { listening, tail: () => text.trim().slice(-500) };
}

type Start = {
  readonly client: OpencodeClient;
  readonly output: ReturnType<typeof collectOutput>;
  readonly exited: Promise<string>;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
};

/**
 * `null` when the server answers, else why not. A request sent before the "listening" line is accepted and
 * never answered (OpenCode 1.18.33), so the line comes first and each probe has its own limit.
 */
async function untilReady(start: Start): Promise<string | null> {
  const deadline = AbortSignal.timeout(start.timeoutMs);
  const timedOut = new Promise<string>((resolve) => {
    deadline.addEventListener('abort', () => resolve(`not ready after ${start.timeoutMs} ms`), {
      once: true,
    });
  });
  const died = start.exited.then((how) => `${how}: ${start.output.tail()}`);
  const unwanted = new Promise<string>((resolve) => {
    start.signal?.addEventListener('abort', () => resolve(UNWANTED), { once: true });
  });
  const ends = [died, timedOut, unwanted];
  const listening = await Promise.race([start.output.listening.then(() => null), ...ends]);
  if (listening !== null) return listening;
  return Promise.race([untilHealthy(start.client, deadline).then(() => null), ...ends]);
}

async function untilHealthy(client: OpencodeClient, deadline: AbortSignal): Promise<void> {
  while (!deadline.aborted) {
    try {
      const answer = await client.global.health({
        signal: AbortSignal.any([deadline, AbortSignal.timeout(1_000)]),
      });
      if (answer.data?.healthy === true) return;
    } catch {
      // Not yet: the loop ends with the deadline.
    }
  }
  await new Promise(() => {});
}

/** Disposing first kills the shells that the server's agents started: they are sessions of their own. */
async function stop(
  client: OpencodeClient,
  pid: number,
  exited: Promise<string>,
  graceMs = 5_000,
): Promise<void> {
  await client.global.dispose({ signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  await terminateGroup(pid, exited, graceMs);
}
