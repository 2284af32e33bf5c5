/** The seed's OpenCodeServerPool, over the parts of the daemon. */
import type { EngineWork, Outcome } from '../core/delegation/engine.ts';
import { type Failure, type FailureCode, failure, toFailure } from '../core/delegation/failure.ts';
import { parseTarget } from '../core/routing/list-targets.ts';
import { createReportWriter } from '../daemon/delegation/report-writer.ts';
import type { OpenCodeServerPoolOptions, PoolReport } from './pool-options.ts';
import type { RunningPool } from './start-pool.ts';

export type PoolTask = {
  readonly prompt: string;
  /** `provider/model` as OpenCode knows it. */
  readonly model: string;
  readonly directory: string;
  /** What the work may do; `read-only` where nothing is said. */
  readonly may?: 'read-only' | 'edit-in-project' | 'full';
  readonly instructions?: string;
  readonly signal?: AbortSignal;
};

export type PoolAnswer = { readonly text: string } & Outcome;

/** Why a task was not answered. `retryAfterMs`: for how long its provider does not want to be asked. */
export class DelegationError extends Error {
  readonly code: FailureCode;
  readonly retryAfterMs: number | undefined;

  constructor({ code, message, detail, retryAfterMs }: Failure) {
    super([message, detail].filter(Boolean).join(' '));
    this.name = 'DelegationError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * OpenCode servers of one's own program, kept, scaled and balanced as the daemon's are. It shares nothing with a running
 * daemon. Its servers end with `shutdown()`, and with the process where the kernel can see to it (Linux with setpriv).
 *
 * @example
 * const pool = new OpenCodeServerPool({ minServers: 1, maxServers: 5, basePort: 4096, autoScale: true });
 * const { text } = await pool.run({ prompt: 'Find the bug', model: 'openai/gpt-5.2', directory: process.cwd() });
 * await pool.shutdown();
 */
export class OpenCodeServerPool {
  readonly #options: OpenCodeServerPoolOptions;
  #running: Promise<RunningPool> | null = null;
  #tasks = 0;

  constructor(options: OpenCodeServerPoolOptions = {}) {
    this.#options = options;
  }

  /** Resolves when the first server is ready; not needed before `run`. Rejects with a `DelegationError`. */
  async initialize(directory: string = process.cwd()): Promise<void> {
    const { pool } = await this.#start();
    if (this.#options.minServers === 0) return;
    const problem = await pool.warm(directory);
    if (problem !== null) throw new DelegationError(problem);
  }

  /**
   * One prompt, on whichever server is free; it waits for one where none is.
   *
   * @throws DelegationError with a `code`, such as `opencode-not-installed` or `provider-rate-limited`.
   */
  async run(task: PoolTask): Promise<PoolAnswer> {
    const { engine } = await this.#start();
    const signal = task.signal ?? new AbortController().signal;
    this.#tasks += 1;
    try {
      const session = await engine.open(workOf(task, `library-${this.#tasks}`), signal);
      const writer = createReportWriter(Number.MAX_SAFE_INTEGER);
      let text = '';
      for await (const event of session.run({ prompt: task.prompt, conversation: null }, signal)) {
        text += writer.write(event);
        if (event.type === 'failed') throw event.failure;
        if (event.type !== 'finished') continue;
        const { type, ...outcome } = event;
        return { text: text + (await writer.end(async () => null)).rest, ...outcome };
      }
      throw failure('internal', { detail: 'no ending' });
    } catch (error) {
      throw new DelegationError(toFailure(error));
    }
  }

  /** `null` before the pool was started. */
  async status(): Promise<PoolReport | null> {
    const running = await this.#running;
    return running?.pool.status() ?? null;
  }

  /** So many servers, until another number is asked for; never beyond the maximum. */
  async scale(servers: number): Promise<void> {
    (await this.#start()).pool.scale(servers);
  }

  /** Replaces the server on this port, or all of them, once their tasks have ended. */
  async recycle(port: number | null = null): Promise<boolean> {
    return (await this.#start()).pool.recycle(port);
  }

  /** Ends all servers, and what was stored of their sessions. */
  async shutdown(): Promise<void> {
    const running = await this.#running;
    this.#running = null;
    if (running === null) return;
    await running.stop();
  }

  #start(): Promise<RunningPool> {
    // Loaded only here: who wants a decision shall not pay for a pool.
    this.#running ??= import('./start-pool.ts').then(({ startPool }) => startPool(this.#options));
    return this.#running;
  }
}

function workOf({ model, directory, may = 'read-only', instructions }: PoolTask, id: string): EngineWork {
  const target = parseTarget(model);
  if (target === null) throw failure('model-not-found', { detail: model });
  return {
    id,
    instructions: instructions ?? null,
    directory,
    target,
    opencodeAgent: 'build',
    grant: { kind: may },
    conversation: null,
  };
}
