// Runs one of the project's own commands in a shell, as the user would, and keeps the end of what it says.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { traceFailure } from '../../core/autopilot/trace-failure.ts';

export type CheckResult = {
  readonly command: string;
  readonly passed: boolean;
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly output: string;
  readonly trace: string;
};

export type CheckRun = {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Enough to tell two failures apart; the end of it is what is shown. */
const KEPT_CHARS = 500_000;
const GRACE_MS = 2_000;
const OWN_GROUP = process.platform !== 'win32';

export async function runCheck(command: string, run: CheckRun): Promise<CheckResult> {
  let output = '';
  let timedOut = false;
  const child = spawn(command, {
    cwd: run.directory,
    env: run.env,
    shell: true,
    // Its own group, so that what it started ends with it.
    detached: OWN_GROUP,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (piece: Buffer) => {
    output = (output + piece.toString('utf8')).slice(-KEPT_CHARS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const onAbort = () => endGroup(child);
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup(child);
  }, run.timeoutMs);
  run.signal.addEventListener('abort', onAbort, { once: true });
  if (run.signal.aborted) onAbort();
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += String(error);
      resolve(null);
    });
    child.once('close', resolve);
  });
  clearTimeout(timer);
  run.signal.removeEventListener('abort', onAbort);
  const passed = exitCode === 0 && !timedOut;
  const trace = passed ? '' : createHash('sha256').update(traceFailure(output)).digest('hex').slice(0, 16);
  return { command, passed, exitCode, timedOut, output, trace };
}

function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref();
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(OWN_GROUP ? -pid : pid, signal);
  } catch {
    // It is gone.
  }
}
