/** One `opencode run` process: what goes in, and what comes out of it line by line. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable, Writable } from 'node:stream';
import { createEventQueue } from '../event-queue.ts';
import { terminateTree } from './terminate-tree.ts';

export type ColdSpec = {
  readonly program: readonly string[];
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Told at once, whether anybody takes the output or not. */
  readonly onLogLine: (line: string) => void;
};

/** `guard`: a question of our guard's, which waits for an answer. `exit` is the last. */
export type ColdOutput =
  | { readonly from: 'events' | 'log' | 'guard'; readonly line: string }
  | { readonly from: 'exit'; readonly code: number | null; readonly signal: string | null };

export type GuardAnswer = { readonly reply: 'once' | 'reject'; readonly message?: string };

export type ColdProcess = {
  readonly exited: Promise<void>;
  /** It begins once it has the whole prompt. */
  givePrompt(prompt: string): void;
  answerGuard(answer: GuardAnswer): void;
  /** `null` when nothing came within the limit. Rejects with the signal's reason when it aborts. */
  take(limitMs: number, signal: AbortSignal): Promise<ColdOutput | null>;
  end(): Promise<void>;
};

const GRACE_MS = 5_000;
/** What it left running may hold its pipes open. */
const DRAIN_MS = 1_000;

export function startColdProcess(spec: ColdSpec): ColdProcess {
  const [file = '', ...before] = spec.program;
  const child = spawn(file, [...before, ...spec.args], {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const queue = createEventQueue<ColdOutput>();
  const stdin = child.stdin as Writable;
  const guard = child.stdio[3] as Duplex;
  const outputs: readonly (readonly ['events' | 'log' | 'guard', Readable])[] = [
    ['events', child.stdout as Readable],
    ['log', child.stderr as Readable],
    ['guard', guard],
  ];
  for (const [from, stream] of outputs) {
    readLines(stream, (line) => {
      if (from === 'log') spec.onLogLine(line);
      queue.push({ from, line });
    });
  }
  // Whoever writes to a process that has just died is told so by its exit.
  for (const stream of [stdin, guard]) stream.on('error', () => undefined);
  const exited = untilClosed(child).then(({ code, signal }) => {
    queue.push({ from: 'exit', code, signal });
  });
  return {
    exited,
    givePrompt: (prompt) => void stdin.end(prompt),
    answerGuard: ({ reply, message }) => void guard.write(`${JSON.stringify({ reply, message })}\n`),
    take: queue.take,
    end: async () => {
      if (child.pid !== undefined) await terminateTree(child.pid, exited, GRACE_MS);
    },
  };
}

type Closed = { readonly code: number | null; readonly signal: string | null };

/** Ended, and all that it said was read. */
function untilClosed(child: ChildProcess): Promise<Closed> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal }));
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
    for (const line of lines) if (line !== '') onLine(line);
  });
  stream.on('end', () => {
    if (unread !== '') onLine(unread);
  });
}
