/**
 * The part of Claude Code's interface for mods that we use, in our words. The reference is the declaration file
 * that Claude Code itself writes (`/plugin-authoring`); it belongs to the installed build and is not ours to keep.
 */

export type Chunk =
  | { readonly kind: 'text'; readonly index: number; readonly text: string }
  | { readonly kind: 'stop'; readonly stopReason: 'end_turn'; readonly usage: StepUsage };

export type StepUsage = {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly model: string;
};

export type StepInput = { readonly turnId: string; readonly index: number; readonly agentId?: string };

export type StepResult = {
  readonly turnId: string;
  readonly index: number;
  readonly answer: string;
  readonly toolUses: readonly never[];
  readonly stopReason: 'end_turn';
  readonly usage: StepUsage;
};

export type SpawnInput = {
  readonly subagentType: string;
  readonly tool_use_id: string;
  readonly permissionMode?: string;
  readonly cwd?: string;
  readonly fork?: boolean;
  readonly isTeammate?: true;
  readonly resume?: { readonly agentId: string };
};

export type SpawnResult = { readonly agentId?: string };

/** The windows that the last answer of Claude's told of; none off a subscription. */
export type RateLimit = { readonly kind: string; readonly percentUsed: number; readonly resetsAt?: string };

export type MeasureInput = {
  readonly rateLimits: readonly RateLimit[];
  /** What has moved since the last time. */
  readonly changed: readonly string[];
};

export type PromptInput = {
  /** What was typed; of a slash command its whole line. */
  readonly text: string;
  /** What the model reads beside it, and the user never sees. */
  readonly context?: readonly string[];
  /** Who speaks: `composer`, `sdk`, `task-notification`, … */
  readonly origin: { readonly kind: string };
};

export type SessionEndInput = { readonly sessionId: string };

export type HttpResponse = { readonly status: number; readonly ok: boolean; readonly text: string };

/** A request over HTTP, before it is sent. Claude Code's own carry no credential here. */
export type FetchInput = {
  readonly url: string;
  readonly init?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly socketPath?: string;
    readonly compress?: unknown;
  };
};

/** `deny`: another plugin forbids it. An answer that streams goes on to whoever asked. */
export type FetchResult =
  | {
      readonly value?: {
        readonly ok: boolean;
        readonly status?: number;
        readonly headers?: Readonly<Record<string, string>>;
      };
    }
  | { readonly deny: string };

export type FetchNext = Next<FetchInput, FetchResult> & { readonly origin?: { readonly plugin?: string } };

export type Dollar = {
  readonly plugin: { readonly root: string };
  readonly session: {
    messages(args: {
      agentId: string;
    }): Promise<readonly { role: string; text: string }[] | { deny: string }>;
    cwd(): Promise<string>;
    id(): Promise<string>;
  };
  readonly agent: { list(): Promise<readonly { id: string; type: string }[]> };
  readonly fs: { read(path: string): Promise<string> };
  readonly env: {
    get(name: string): Promise<string | undefined>;
    set(name: string, value: string | undefined): Promise<unknown>;
  };
  readonly clock: { now(): Promise<number>; after(ms: number, work: () => void): unknown };
  readonly ui: {
    toast(text: string, options?: { timeoutMs: number }): void;
    /** Pins the plugin's one line under the prompt. */
    status(text: string): void;
  };
  readonly http: {
    fetch(
      url: string,
      init: { method: string; headers?: Record<string, string>; body?: string; socketPath: string },
    ): Promise<HttpResponse>;
  };
  readonly process: {
    run(
      argv: readonly string[],
      init?: { stdin?: string; timeoutMs?: number; env?: Record<string, string> },
    ): Promise<{
      exitCode: number;
      stdout: string;
    }>;
    hookEnv(): Promise<Record<string, string>>;
  };
};

type Next<Input, Result> = (input: Input) => Promise<Result>;
type StreamNext<Input> = (input: Input) => AsyncGenerator<Chunk, StepResult>;

export type On = {
  (
    event: 'session.start',
    hook: ($: Dollar, e: object, next: Next<object, unknown>) => Promise<unknown>,
  ): void;
  (
    event: 'prompt.submit',
    hook: ($: Dollar, e: PromptInput, next: Next<PromptInput, unknown>) => Promise<unknown>,
  ): void;
  (
    event: 'session.end',
    hook: ($: Dollar, e: SessionEndInput, next: Next<SessionEndInput, unknown>) => Promise<unknown>,
  ): void;
  (
    event: 'agent.spawn',
    hook: ($: Dollar, e: SpawnInput, next: Next<SpawnInput, SpawnResult>) => Promise<SpawnResult>,
  ): void;
  (event: 'http.fetch', hook: ($: Dollar, e: FetchInput, next: FetchNext) => Promise<FetchResult>): void;
  (
    event: 'session.measure',
    hook: ($: Dollar, e: MeasureInput, next: Next<MeasureInput, unknown>) => Promise<unknown>,
  ): void;
  (
    event: 'turn.step',
    matcher: { agentId: RegExp },
    hook: ($: Dollar, e: StepInput, next: StreamNext<StepInput>) => AsyncGenerator<Chunk, StepResult>,
  ): void;
};
