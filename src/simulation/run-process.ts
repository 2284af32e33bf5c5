// Runs one real program to its end: standard input closed, a process group of its own, the whole group killed
// when its time is up or the caller gives up.

import { type ChildProcess, spawn } from 'node:child_process';

const DRAIN_MS = 1_000;

export interface ProcessRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

export interface ProcessResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export function runProcess(run: ProcessRun): Promise<ProcessResult> {
  const startedAt = performance.now();
  const child = spawn(run.command, run.args, {
    cwd: run.cwd,
    env: run.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stdout = collect(child.stdout, run.onLine);
  const stderr = collect(child.stderr);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, run.timeoutMs);
  const giveUp = () => killGroup(child);
  run.signal?.addEventListener('abort', giveUp, { once: true });
  if (run.signal?.aborted) giveUp();
  return new Promise<ProcessResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => setTimeout(hangUp, DRAIN_MS, child).unref());
    child.once('close', (exitCode) => {
      const durationMs = performance.now() - startedAt;
      resolve({ exitCode, timedOut, stdout: stdout(), stderr: stderr(), durationMs });
    });
  }).finally(() => {
    clearTimeout(timer);
    run.signal?.removeEventListener('abort', giveUp);
    // What the program left running in its group would outlive it.
    killGroup(child);
  });
}

/** A daemon that inherited our pipes would keep them open for as long as it lives. */
function hangUp(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group, or there are no groups (Windows).
    child.kill('SIGKILL');
  }
}

function collect(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): () => string {
  let text = '';
  let unread = '';
  stream.setEncoding('utf8');
  stream.on('data', (piece: string) => {
    text += piece;
    const lines = (unread + piece).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) onLine?.(line);
  });
  return () => text;
}
