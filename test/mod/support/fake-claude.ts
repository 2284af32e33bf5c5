// Claude Code's side of a mod, with a daemon behind it that answers as a test says.
import type {
  Chunk,
  Dollar,
  FetchInput,
  FetchNext,
  FetchResult,
  HttpResponse,
  MeasureInput,
  On,
  PromptInput,
  SessionEndInput,
  SpawnInput,
  StepInput,
  StepResult,
} from '../../../src/mod/engine-interface.ts';

type Hooks = {
  measure?: ($: Dollar, e: MeasureInput, next: (e: MeasureInput) => Promise<unknown>) => Promise<unknown>;
  submit?: ($: Dollar, e: PromptInput, next: (e: PromptInput) => Promise<unknown>) => Promise<unknown>;
  end?: ($: Dollar, e: SessionEndInput, next: (e: SessionEndInput) => Promise<unknown>) => Promise<unknown>;
  start?: ($: Dollar, e: object, next: (e: object) => Promise<unknown>) => Promise<unknown>;
  spawn?: (
    $: Dollar,
    e: SpawnInput,
    next: (e: SpawnInput) => Promise<{ agentId?: string }>,
  ) => Promise<unknown>;
  fetch?: ($: Dollar, e: FetchInput, next: FetchNext) => Promise<FetchResult>;
  step?: (
    $: Dollar,
    e: StepInput,
    next: (e: StepInput) => AsyncGenerator<Chunk, StepResult>,
  ) => AsyncGenerator<Chunk, StepResult>;
};

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown> | null;
};

/** What the daemon answers: a body with status 200, a whole answer, or an error that is thrown. */
export type DaemonWords = (
  asked: Asked,
) => object | string | Error | { readonly status: number; readonly body: object };

export type FakeClaude = {
  /** Claude Code's own request passes: what it is sent as, each time that it is sent. */
  readonly fetch: (
    request: FetchInput,
    answers: (sent: FetchInput) => FetchResult | Error,
    plugin?: string,
  ) => Promise<{ readonly sent: readonly FetchInput[]; readonly result: FetchResult }>;
  readonly asked: readonly Asked[];
  /** Commands of the helper process, with their input. */
  readonly helped: readonly { readonly command: string; readonly input: Record<string, unknown> }[];
  readonly toasts: readonly string[];
  /** What stood under the prompt, one after the other. */
  readonly pinned: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  time: number;
  /** What the helper says when it is to start a daemon. */
  canStart: boolean;
  /** Breaks one of Claude Code's own functions. */
  broken: 'messages' | 'cwd' | null;
  /** What is to be done later. */
  readonly later: (() => void)[];
  readonly startSession: () => Promise<unknown>;
  readonly endSession: () => Promise<unknown>;
  /** What reaches the session: the text, and what the model reads beside it. */
  readonly submit: (text: string, origin?: string) => Promise<unknown>;
  readonly measure: (measured: Partial<MeasureInput>) => Promise<unknown>;
  readonly spawn: (spawn: Partial<SpawnInput>, agentId?: string) => Promise<unknown>;
  readonly step: (step?: Partial<StepInput>) => AsyncGenerator<Chunk, StepResult>;
  /** What Claude Code counted for a step that it asked of its own model. */
  counted: { readonly input: number; readonly output: number };
};

export const BY_CLAUDE = 'by Claude';

export function createFakeClaude(
  register: (on: On) => void,
  daemon: DaemonWords,
  hangs: (asked: Asked) => Promise<never> | null = () => null,
): FakeClaude {
  const hooks: Hooks = {};
  register(((event: string, ...rest: readonly unknown[]) => {
    const key = {
      'session.start': 'start',
      'session.measure': 'measure',
      'session.end': 'end',
      'prompt.submit': 'submit',
      'agent.spawn': 'spawn',
      'turn.step': 'step',
      'http.fetch': 'fetch',
    }[event];
    Object.assign(hooks, { [key ?? event]: rest.at(-1) });
  }) as On);
  const asked: Asked[] = [];
  const helped: { command: string; input: Record<string, unknown> }[] = [];
  const toasts: string[] = [];
  const pinned: string[] = [];
  const later: (() => void)[] = [];
  const variables: Record<string, string | undefined> = { HOME: '/home/kim' };

  const $: Dollar = {
    plugin: { root: '/plugin' },
    session: {
      messages: async () => {
        if (claude.broken === 'messages') throw new Error('no messages');
        return [
          { role: 'user', text: 'earlier' },
          { role: 'assistant', text: 'so' },
          { role: 'user', text: 'the prompt' },
        ];
      },
      cwd: async () => {
        if (claude.broken === 'cwd') throw new Error('no folder');
        return '/project';
      },
      id: async () => 's1',
    },
    agent: { list: async () => [] },
    fs: { read: async () => JSON.stringify({ socketPath: '/home/kim/.omcm/omcmd.sock' }) },
    env: {
      get: async (name) => variables[name],
      set: async (name, value) => {
        variables[name] = value;
      },
    },
    clock: { now: async () => claude.time, after: (_, work) => later.push(work) },
    ui: { toast: (text) => void toasts.push(text), status: (text) => void pinned.push(text) },
    http: {
      fetch: async (url, { method, body }) => {
        const path = new URL(url).pathname + new URL(url).search;
        const one: Asked = { method, path, body: body === undefined ? null : JSON.parse(body) };
        asked.push(one);
        await hangs(one);
        return toResponse(daemon(one));
      },
    },
    process: {
      run: async (argv, init) => {
        const command = argv[2] ?? '';
        helped.push({ command, input: JSON.parse(init?.stdin ?? '{}') });
        return {
          exitCode: 0,
          stdout: command === 'ensure-daemon' ? JSON.stringify({ ok: claude.canStart }) : '',
        };
      },
      hookEnv: async () => ({ CLAUDE_PID: '4242' }),
    },
  };

  const claude: FakeClaude = {
    asked,
    helped,
    toasts,
    pinned,
    later,
    variables,
    time: 1_000_000,
    canStart: true,
    broken: null,
    counted: { input: 1, output: 1 },
    fetch: async (request, answers, plugin = 'engine') => {
      const sent: FetchInput[] = [];
      const send = async (one: FetchInput) => {
        sent.push(one);
        const answer = answers(one);
        if (answer instanceof Error) throw answer;
        return answer;
      };
      const next: FetchNext = Object.assign(send, { origin: { plugin } });
      return { sent, result: (await hooks.fetch?.($, request, next)) ?? { deny: 'no hook' } };
    },
    startSession: async () => hooks.start?.($, {}, async () => 'started'),
    endSession: async () => hooks.end?.($, { sessionId: 's1' }, async () => 'ended'),
    submit: async (text, origin = 'composer') =>
      hooks.submit?.($, { text, origin: { kind: origin } }, async ({ text: entered, context }) => ({
        text: entered,
        context,
      })),
    measure: async (measured) =>
      hooks.measure?.($, { rateLimits: [], changed: ['rateLimits'], ...measured }, async () => 'measured'),
    spawn: async (spawn, agentId = 'a1') =>
      hooks.spawn?.($, { subagentType: 'omc:scout', tool_use_id: 'toolu_1', ...spawn }, async () => ({
        agentId,
      })),
    step: (step) => {
      if (hooks.step === undefined) throw new Error('no hook for turn.step');
      return hooks.step($, { turnId: 't1', index: 0, agentId: 'a1', ...step }, (e) =>
        native(e, claude.counted),
      );
    },
  };
  return claude;
}

async function* native(
  e: StepInput,
  { input, output }: FakeClaude['counted'],
): AsyncGenerator<Chunk, StepResult> {
  const usage = {
    input_tokens: input,
    output_tokens: output,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    model: 'claude',
  };
  yield { kind: 'text', index: 0, text: BY_CLAUDE };
  yield { kind: 'stop', stopReason: 'end_turn', usage };
  return { turnId: e.turnId, index: e.index, answer: BY_CLAUDE, toolUses: [], stopReason: 'end_turn', usage };
}

function toResponse(words: ReturnType<DaemonWords>): HttpResponse {
  if (words instanceof Error) throw words;
  if (typeof words === 'string') return { status: 200, ok: true, text: words };
  if ('status' in words && 'body' in words)
    return { status: words.status as number, ok: words.status === 200, text: JSON.stringify(words.body) };
  return { status: 200, ok: true, text: JSON.stringify(words) };
}
