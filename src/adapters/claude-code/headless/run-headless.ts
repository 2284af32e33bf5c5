/** Runs one prompt through Claude Code, in a process group of its own that ends with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { HeadlessExit } from './judge-end.ts';
import { type Heard, hearLine, NOTHING_HEARD } from './read-output.ts';

export type HeadlessRun = {
  readonly program: readonly string[];
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly prompt: string;
  readonly deadlineMs: number;
  /** Before it gets its prompt. */
  readonly onStart: (pid: number) => void;
  /** Ends the process and whatever it has started. */
  readonly terminate: (pid: number, exited: Promise<unknown>) => Promise<void>;
};

const LONGEST_COMPLAINT = 2_000;
/** What it left running may hold its pipes open. */
const DRAIN_MS = 1_000;

export async function runHeadless(
  run: HeadlessRun,
  signal: AbortSignal,
): Promise<{ readonly heard: Heard; readonly exit: HeadlessExit }> {
  const [file = '', ...before] = run.program;
  const { cwd, env } = run;
  const child = spawn(file, [...before, ...run.args], { cwd, env, detached: true });
  let heard = NOTHING_HEARD;
  let stderr = '';
  let stopped: HeadlessExit['stopped'] = null;
  readLines(child.stdout, (line) => {
    heard = hearLine(heard, line);
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr = (stderr + piece).slice(-LONGEST_COMPLAINT);
  });
  const exited = untilClosed(child);
  const end = async () => {
    if (child.pid !== undefined) await run.terminate(child.pid, exited);
  };
  const stop = (why: 'cancelled' | 'deadline') => {
    stopped ??= why;
    void end();
  };
  const onAbort = () => stop('cancelled');
  const timer = setTimeout(() => stop('deadline'), run.deadlineMs);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  else if (child.pid !== undefined) run.onStart(child.pid);
  // One that has just died is told of by its exit.
  child.stdin.on('error', () => undefined).end(run.prompt);
  try {
    const { code, error } = await exited;
    return { heard, exit: { stopped, code, stderr: error ?? stderr } };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    await end();
  }
}

type Closed = { readonly code: number | null; readonly error?: string };

function untilClosed(child: ChildProcess): Promise<Closed> {
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ code: null, error: message }));
    child.once('close', (code) => resolve({ code }));
    child.once('exit', () => {
      setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy();
      }, DRAIN_MS).unref();
    });
  });
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let unread = '';
  stream.setEncoding('utf8').on('data', (piece: string) => {
    const lines = (unread + piece).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => onLine(unread));
}
