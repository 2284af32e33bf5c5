import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chunk, On, StepResult } from '../../src/mod/engine-interface.ts';
import { QUIET_SESSION } from '../../src/protocol/quiet-session.ts';
import {
  type Asked,
  BY_CLAUDE,
  createFakeClaude,
  type DaemonWords,
  type FakeClaude,
} from './support/fake-claude.ts';

const outcome = (filesChanged: readonly string[] = []) => ({
  tokens: { input: 100, output: 20, reasoning: 3, cacheRead: 7, cacheWrite: 5 },
  costUsd: 0.1,
  filesChanged,
  model: 'gpt-5.2',
  provider: 'openai',
  durationMs: 5,
  fullTextFile: null,
});
const text = (content: string) => ({ type: 'text', text: content });
const used = { type: 'activity', text: 'edit a.txt' };
const finished = { type: 'finished', outcome: outcome() };
const failed = (begun: boolean, files?: readonly string[]) => ({
  type: 'failed',
  failure: { code: 'server-died', message: 'The server died.' },
  begun,
  outcome: outcome(files),
});
const USAGE = {
  input_tokens: 100,
  output_tokens: 23,
  cache_creation_input_tokens: 5,
  cache_read_input_tokens: 7,
  model: 'gpt-5.2',
};

const ROUTED = { taskId: 'task-1', decision: { route: true } };
const NATIVE = { taskId: 'task-1', decision: { route: false } };
const refusal = (status: number, code: string) => ({ status, body: { error: { code, message: 'No.' } } });

let register: (on: On) => void;
// The mod remembers between calls; each test has a mod of its own.
beforeEach(async () => {
  vi.resetModules();
  ({ register } = await import('../../src/mod/register.ts'));
});

type Poll = readonly object[] | ReturnType<DaemonWords>;

/** A daemon that routes, and hands out these events one poll after the other. */
function routing(...polls: readonly Poll[]): DaemonWords {
  let next = 0;
  return ({ path }) => {
    if (path === '/v1/tasks') return ROUTED;
    if (!path.includes('/events')) return {};
    const events = polls[Math.min(next, polls.length - 1)] ?? [];
    next += 1;
    if (!Array.isArray(events)) return events as ReturnType<DaemonWords>;
    const done = events.some(({ type }) => type === 'finished' || type === 'failed');
    return { events, next, done };
  };
}

/** The same for an agent that may edit files. */
function routingWriter(...polls: readonly Poll[]): DaemonWords {
  const words = routing(...polls);
  const started = { taskId: 'task-1', decision: { route: true, writes: true } };
  return (asked) => (asked.path === '/v1/tasks' ? started : words(asked));
}

type Run = { readonly chunks: readonly Chunk[]; readonly text: string; readonly result: StepResult };

async function run(claude: FakeClaude, step?: Parameters<FakeClaude['step']>[0]): Promise<Run> {
  const chunks: Chunk[] = [];
  const steps = claude.step(step);
  for (;;) {
    const { value, done } = await steps.next();
    if (done) {
      const said = chunks.map((chunk) => (chunk.kind === 'text' ? chunk.text : '')).join('');
      return { chunks, text: said, result: value };
    }
    chunks.push(value);
  }
}

async function delegate(daemon: DaemonWords): Promise<{ claude: FakeClaude; said: Run }> {
  const claude = createFakeClaude(register, daemon);
  await claude.spawn({ permissionMode: 'acceptEdits' });
  return { claude, said: await run(claude) };
}

const paths = (asked: readonly Asked[]) => asked.map(({ method, path }) => `${method} ${path.split('?')[0]}`);

describe('a subagent that a rule blocks', () => {
  it("is answered by the rule's message; neither Claude nor another model is asked", async () => {
    const block = { rule: 'night', message: 'Not at night.' };
    const { claude, said } = await delegate(({ path }) =>
      path === '/v1/tasks' ? { taskId: 't', decision: { route: false, block } } : {},
    );
    expect(said.text).toContain('was not run');
    expect(said.text).toContain('"night" blocks it.\nThe rule says: Not at night.');
    expect(said.result).toMatchObject({ answer: said.text, stopReason: 'end_turn', toolUses: [] });
    expect(said.chunks.at(-1)).toMatchObject({ kind: 'stop', usage: { input_tokens: 0, output_tokens: 0 } });
    expect(paths(claude.asked)).toEqual(['POST /v1/prepare', 'POST /v1/tasks']);
  });
});

describe('a subagent that is routed', () => {
  it("is answered as it streams, with the model's own usage, and Claude is not asked", async () => {
    const { claude, said } = await delegate(routing([text('One. ')], [], [text('Two.'), finished]));
    expect(said.chunks).toEqual([
      { kind: 'text', index: 0, text: 'One. ' },
      { kind: 'text', index: 0, text: 'Two.' },
      { kind: 'stop', stopReason: 'end_turn', usage: USAGE },
    ]);
    expect(said.result).toEqual({
      turnId: 't1',
      index: 0,
      answer: 'One. Two.',
      toolUses: [],
      stopReason: 'end_turn',
      usage: USAGE,
    });
    expect(paths(claude.asked)).not.toContain('DELETE /v1/tasks/task-1');
  });

  it('is described to the daemon as Claude Code described it', async () => {
    const { claude } = await delegate(routing([text('x'), finished]));
    const call = {
      agent: 'omc:scout',
      directory: '/project',
      permissionMode: 'acceptEdits',
      sessionId: 's1',
      toolUseId: 'toolu_1',
      seesRequests: false,
      via: 'mod',
    };
    expect(claude.asked.find(({ path }) => path === '/v1/prepare')?.body).toEqual(call);
    expect(claude.asked.find(({ path }) => path === '/v1/tasks')?.body).toEqual({
      ...call,
      prompt: 'the prompt',
      agentId: 'a1',
      resumed: false,
    });
  });

  it('that said nothing has ended all the same', async () => {
    const { said } = await delegate(routing([finished]));
    expect(said.result.answer).toBe('(The subagent ended without a report.)');
  });

  it('goes on in the same conversation when it is resumed', async () => {
    const claude = createFakeClaude(register, routing([text('x'), finished]));
    await claude.spawn({ resume: { agentId: 'a1' } });
    await run(claude);
    const [task] = claude.asked.filter(({ path }) => path === '/v1/tasks');
    expect(task?.body).toMatchObject({ resumed: true, agentId: 'a1' });
    expect(paths(claude.asked)).not.toContain('POST /v1/prepare');
  });

  it('is cancelled when Claude Code leaves it', async () => {
    const claude = createFakeClaude(register, routing([text('One. ')], []));
    await claude.spawn({});
    const steps = claude.step();
    await steps.next();
    await steps.return({} as StepResult);
    expect(paths(claude.asked)).toContain('DELETE /v1/tasks/task-1');
  });
});

describe('a subagent of a session that we are to leave alone', () => {
  it('is Claude’s, and the daemon does not hear of it', async () => {
    const claude = createFakeClaude(register, routing([text('x'), finished]));
    Object.assign(claude.variables, { [QUIET_SESSION]: '1' });
    await claude.spawn({});
    expect((await run(claude)).text).toBe(BY_CLAUDE);
    expect(claude.asked).toEqual([]);
  });
});

describe('a subagent that fails on its way', () => {
  it('before its first word is Claude’s', async () => {
    const { said } = await delegate(routing([], [failed(false)]));
    expect(said.text).toBe(BY_CLAUDE);
  });

  it('after its first word ends with a sentence that says so', async () => {
    const { said } = await delegate(routing([text('So far.')], [failed(true, ['a.txt'])]));
    expect(said.text).toBe(
      'So far.\n\n[OMCM: the answer ends here. The server died. It had changed: a.txt. What stands above is incomplete.]',
    );
    expect(said.result.answer).toBe(said.text);
    expect(said.result.usage).toEqual(USAGE);
  });

  it('after it has changed files, but before its first word, does not run a second time', async () => {
    const { said } = await delegate(routing([failed(true, ['a.txt'])]));
    expect(said.text).toContain('It had changed: a.txt.');
    expect(said.text).not.toContain(BY_CLAUDE);
  });

  it.each([
    ['lost', new Error('connect ECONNREFUSED'), 'daemon-unreachable'],
    ['another, that does not know the task', refusal(404, 'no-such-task'), 'no-such-task'],
    ['out of its mind', 'not JSON', 'daemon-strange'],
    ['saying something else', { hello: 1 }, 'daemon-strange'],
  ])(
    'because the daemon is %s: before the first word it is Claude’s, and the reason is kept',
    async (_what, words, code) => {
      const { claude, said } = await delegate(routing(words));
      expect(said.text).toBe(BY_CLAUDE);
      expect(claude.helped).toMatchObject([
        { command: 'failed-open', input: { reason: `failed-open-${code}` } },
      ]);
      expect(claude.toasts).toEqual([expect.stringContaining(code)]);
    },
  );

  it('because the daemon is lost after a tool was used is Claude’s where it only reads', async () => {
    const { said } = await delegate(routing([used], new Error('gone')));
    expect(said.text).toBe(BY_CLAUDE);
  });

  it.each([
    ['the daemon is lost', new Error('gone')],
    ['it ends without an end', { events: [], next: 1, done: true }],
  ])(
    'because %s after a tool was used does not run a second time where it may write',
    async (_why, words) => {
      const { claude, said } = await delegate(routingWriter([used], words));
      expect(said.text).toMatch(/^\[OMCM: the daemon was lost .*may have changed files/);
      expect(said.result).toMatchObject({ answer: said.text, stopReason: 'end_turn' });
      expect(claude.helped).toMatchObject([{ command: 'failed-open' }]);
    },
  );

  it('is cancelled before Claude begins, where only one answer of the daemon failed', async () => {
    const { claude, said } = await delegate(routingWriter([], refusal(500, 'internal')));
    expect(said.text).toBe(BY_CLAUDE);
    expect(paths(claude.asked).at(-1)).toBe('DELETE /v1/tasks/task-1');
  });

  it('does not wait long for a daemon that does not say that it has cancelled', async () => {
    const answers = routing(new Error('gone'));
    const claude = createFakeClaude(register, answers, ({ method }) =>
      method === 'DELETE' ? new Promise(() => undefined) : null,
    );
    await claude.spawn({});
    const said = run(claude);
    await vi.waitFor(() => expect(claude.later).toHaveLength(1));
    claude.later[0]?.();
    expect((await said).text).toBe(BY_CLAUDE);
  });

  it('because the daemon is lost after the first word ends with what there was', async () => {
    const { said } = await delegate(routing([text('So far.')], new Error('gone')));
    expect(said.text).toMatch(/^So far\.\n\n\[OMCM: the answer ends here, the daemon was lost/);
    expect(said.chunks.at(-1)).toMatchObject({ kind: 'stop' });
  });
});

describe('a subagent is Claude’s', () => {
  it('when it was decided so', async () => {
    const { claude, said } = await delegate(() => NATIVE);
    expect(said.text).toBe(BY_CLAUDE);
    expect(claude.helped).toEqual([]);
  });

  it.each([
    ['the prompt is too large', refusal(413, 'too-large'), 'too-large'],
    ['the daemon is leaving', refusal(503, 'draining'), 'draining'],
    ['the daemon speaks another protocol', refusal(426, 'protocol-mismatch'), 'protocol-mismatch'],
    ['the daemon fails', { status: 500, body: {} }, 'http-500'],
    ['the daemon makes no sense', 'nonsense', 'daemon-strange'],
    ['the daemon says null', 'null', 'daemon-strange'],
    ['the daemon says something else', { hello: 1 }, 'daemon-strange'],
  ])('when %s, and the reason is kept', async (_why, words, code) => {
    const { claude, said } = await delegate(() => words);
    expect(said.text).toBe(BY_CLAUDE);
    expect(claude.helped).toMatchObject([
      {
        command: 'failed-open',
        input: { reason: `failed-open-${code}`, agent: 'omc:scout', sessionId: 's1' },
      },
    ]);
  });

  it.each(['messages', 'cwd'] as const)('when Claude Code itself does not tell us the %s', async (broken) => {
    const claude = createFakeClaude(register, routing([text('x'), finished]));
    await claude.spawn({});
    claude.broken = broken;
    expect((await run(claude)).text).toBe(BY_CLAUDE);
  });

  it.each([
    ['it is a fork', { fork: true }],
    ['it is a teammate', { isTeammate: true as const }],
  ])('when %s', async (_what, spawn) => {
    const claude = createFakeClaude(register, routing([text('x'), finished]));
    await claude.spawn(spawn);
    expect((await run(claude)).text).toBe(BY_CLAUDE);
    expect(claude.asked).toEqual([]);
  });

  it('when we have not seen it begin, or it is at a later step', async () => {
    const claude = createFakeClaude(register, routing([text('x'), finished]));
    expect((await run(claude, { agentId: 'stranger' })).text).toBe(BY_CLAUDE);
    await claude.spawn({});
    expect((await run(claude, { index: 1 })).text).toBe(BY_CLAUDE);
    expect(paths(claude.asked)).not.toContain('POST /v1/tasks');
  });
});

describe('where no daemon answers', () => {
  it('one is started, and the call is routed', async () => {
    let isUp = false;
    const daemon = routing([text('routed'), finished]);
    const claude = createFakeClaude(register, (asked) => {
      if (asked.path === '/v1/prepare') return new Error('refused');
      if (isUp) return daemon(asked);
      isUp = true;
      return new Error('refused');
    });
    await claude.spawn({});
    expect((await run(claude)).text).toBe('routed');
    expect(claude.helped.map(({ command }) => command)).toEqual(['ensure-daemon']);
  });

  it('and none can be started the call is Claude’s, and for half a minute nobody tries again', async () => {
    const claude = createFakeClaude(register, () => new Error('refused'));
    claude.canStart = false;
    await claude.spawn({});
    const starts = () => claude.helped.filter(({ command }) => command === 'ensure-daemon').length;
    expect((await run(claude)).text).toBe(BY_CLAUDE);
    expect((await run(claude)).text).toBe(BY_CLAUDE);
    expect(starts()).toBe(1);
    claude.time += 30_001;
    expect((await run(claude)).text).toBe(BY_CLAUDE);
    expect(starts()).toBe(2);
    expect(claude.helped.filter(({ command }) => command === 'failed-open')).toHaveLength(3);
    expect(claude.toasts).toHaveLength(1);
  });
});

describe('the start of a session', () => {
  it('tells the classic hook that the mod is there, and the daemon that a session is', async () => {
    const claude = createFakeClaude(register, () => ({ notice: 'OMCM: mend this' }));
    expect(await claude.startSession()).toBe('started');
    await vi.waitFor(() => expect(claude.toasts).toEqual(['OMCM: mend this']));
    expect(claude.variables.OMCM_MOD_PID).toBe('4242');
    expect(claude.asked).toMatchObject([
      { path: '/v1/sessions', body: { sessionId: 's1', directory: '/project', claudePid: 4242 } },
    ]);
  });

  it('goes on whatever the daemon does', async () => {
    for (const words of [new Error('gone'), 'nonsense', refusal(500, 'internal')] as const) {
      const claude = createFakeClaude(register, () => words);
      expect(await claude.startSession()).toBe('started');
    }
  });
});

describe('our line under the prompt', () => {
  const open = (footer: boolean) =>
    createFakeClaude(register, ({ path }) =>
      path.startsWith('/v1/status-line') ? 'C:1↓ 2↑ · fusion\n' : { notice: null, footer },
    );

  it('is pinned where the user wants it there, and again when it says something else', async () => {
    const claude = open(true);
    await claude.startSession();
    await vi.waitFor(() => expect(claude.pinned).toEqual(['C:1↓ 2↑ · fusion']));
    await vi.waitFor(() => expect(claude.later).toHaveLength(1));
    claude.later[0]?.();
    await vi.waitFor(() => expect(claude.later).toHaveLength(2));
    expect(claude.pinned).toHaveLength(1);
  });

  it('is nowhere else', async () => {
    const claude = open(false);
    await claude.startSession();
    expect(paths(claude.asked)).toEqual(['POST /v1/sessions']);
    expect(claude.pinned).toEqual([]);
  });
});

describe('a subagent whose single requests another model answers', () => {
  const STEPWISE = { taskId: 'task-1', decision: { route: true, engine: 'native-tools' } };
  const request = (agentId: string, stream = true) => ({
    url: 'https://api.anthropic.com/v1/messages?beta=true',
    init: {
      headers: { 'x-claude-code-agent-id': agentId, 'x-api-key': '[redacted]', accept: 'x' },
      body: JSON.stringify({ stream }),
    },
  });
  const ok = { value: { ok: true } };
  const begin = async () => {
    const claude = createFakeClaude(register, () => STEPWISE);
    await claude.spawn({});
    expect((await run(claude)).text, 'the step itself is Claude Code’s').toBe(BY_CLAUDE);
    return claude;
  };

  it.each([
    ['once Claude Code has shown a request of its own', 'engine', true],
    ['and not by those of a plugin', 'other', false],
  ])('is told to be possible %s', async (_when, plugin, seen) => {
    const claude = createFakeClaude(register, () => STEPWISE);
    const lead = { url: request('a1').url, init: { headers: {}, body: '{"stream":true}' } };
    await claude.fetch(lead, () => ok, plugin);
    await claude.spawn({});
    await run(claude);
    const told = claude.asked.filter(({ path }) => path === '/v1/tasks').map(({ body }) => body);
    expect(told).toMatchObject([{ seesRequests: seen }]);
  });

  it("has its requests sent to the daemon, without Claude's credentials", async () => {
    const { sent, result } = await (await begin()).fetch(request('a1'), () => ok);
    expect(result).toBe(ok);
    expect(sent).toMatchObject([
      { url: 'http://omcm/v1/messages', init: { socketPath: '/home/kim/.omcm/omcmd.sock' } },
    ]);
    expect(Object.keys(sent[0]?.init?.headers ?? {})).not.toContain('x-api-key');
  });

  it.each([
    ['the daemon leaves it to Claude', { value: { ok: false } }],
    ['the daemon is gone', new Error('ECONNREFUSED')],
  ])('is answered by Claude where %s', async (_what, first) => {
    const { sent, result } = await (await begin()).fetch(request('a1'), ({ url }) =>
      url.startsWith('http://omcm') ? first : ok,
    );
    expect(result).toBe(ok);
    expect(sent.at(-1)).toEqual(request('a1'));
  });

  it('is shown with what the other model took, and nothing of what Claude took is changed', async () => {
    const tokens = { input: 900, output: 40, reasoning: 10, cacheRead: 300, cacheWrite: 0 };
    const claude = createFakeClaude(register, ({ path }) =>
      path === '/v1/agents/a1/last-step' ? tokens : STEPWISE,
    );
    await claude.spawn({});
    claude.counted = { input: 0, output: 0 };
    const usage = {
      input_tokens: 900,
      output_tokens: 50,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 300,
      model: 'claude',
    };
    const answered = await run(claude);
    expect(answered.chunks.at(-1)).toMatchObject({ kind: 'stop', usage });
    expect(answered.result.usage).toEqual(usage);

    claude.counted = { input: 7, output: 3 };
    expect((await run(claude, { index: 1 })).result.usage).toMatchObject({
      input_tokens: 7,
      output_tokens: 3,
    });
  });

  it('has what it takes asked for once, when its answer begins', async () => {
    const isLast = ({ path }: { readonly path: string }) => path === '/v1/agents/a1/last-step';
    const claude = createFakeClaude(register, (asked) => (isLast(asked) ? { input: 900 } : STEPWISE));
    await claude.spawn({});
    claude.counted = { input: 0, output: 0 };
    await run(claude);
    const before = claude.asked.length;
    await claude.fetch(request('a1'), () => ok);
    expect(claude.asked.slice(before).filter(isLast)).toHaveLength(1);
    const { result } = await run(claude, { index: 1 });
    expect(result.usage).toMatchObject({ input_tokens: 900 });
    expect(claude.asked.slice(before).filter(isLast)).toHaveLength(1);
    await run(claude, { index: 2 });
    expect(claude.asked.slice(before).filter(isLast), 'of the next step').toHaveLength(2);
  });

  it('is shown as Claude Code counted it where nobody knows better', async () => {
    const claude = createFakeClaude(register, ({ path }) =>
      path === '/v1/agents/a1/last-step' ? refusal(404, 'no-such-agent') : STEPWISE,
    );
    await claude.spawn({});
    claude.counted = { input: 0, output: 0 };
    expect((await run(claude)).result.usage).toMatchObject({ input_tokens: 0, output_tokens: 0 });
  });

  it.each([
    ['of another subagent', request('a2'), 'engine'],
    ['of the lead', { url: request('a1').url, init: { headers: {}, body: '{"stream":true}' } }, 'engine'],
    ['that comes after a stream that broke', request('a1', false), 'engine'],
    ['of another plugin', request('a1'), 'other'],
    ['to elsewhere', { ...request('a1'), url: 'https://example.com/' }, 'engine'],
  ])('is none of the requests %s', async (_what, other, plugin) => {
    const { sent } = await (await begin()).fetch(other, () => ok, plugin);
    expect(sent).toEqual([other]);
  });
});

describe('the lead where Claude refuses', () => {
  const request = (body: object = { stream: true }) => ({
    url: 'https://api.anthropic.com/v1/messages?beta=true',
    init: { headers: { 'x-api-key': '[redacted]' }, body: JSON.stringify(body) },
  });
  const status = 'anthropic-ratelimit-unified-status';
  const refusal = { value: { ok: false, status: 429, headers: { [status]: 'rejected', other: 'x' } } };
  const told = { 'x-omcm-told': encodeURIComponent('GPT goes on') };
  const byOther = { value: { ok: true, status: 200, headers: told } };
  const ok = { value: { ok: true, status: 200 } };
  const atDaemon = ({ url }: { readonly url: string }) => url.startsWith('http://omcm');
  const open = () => createFakeClaude(register, () => ({}));

  it('is gone on with by the daemon, which is told what Claude said of its windows, until Claude answers', async () => {
    const claude = open();
    const { sent, result } = await claude.fetch(request(), (one) => (atDaemon(one) ? byOther : refusal));
    expect(result).toBe(byOther);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.init?.headers).not.toHaveProperty('x-api-key');
    expect(JSON.parse(decodeURIComponent(sent[1]?.init?.headers?.['x-omcm-refused'] ?? ''))).toEqual({
      sessionId: 's1',
      directory: '/project',
      headers: { [status]: 'rejected' },
    });
    expect(claude.toasts).toEqual(['GPT goes on']);

    await claude.fetch(request(), () => ok);
    await claude.fetch(request(), () => ok);
    await vi.waitFor(() => expect(claude.toasts).toEqual(['GPT goes on', 'OMCM: Claude answers again.']));
    expect(claude.asked.filter(({ path }) => path === '/v1/sessions/s1/rescue')).toMatchObject([
      { method: 'POST', body: { set: 'over' } },
    ]);
  });

  it.each([
    ['the daemon leaves it so', { value: { ok: false, status: 409 } }],
    ['there is no daemon', new Error('ECONNREFUSED')],
  ])('keeps the refusal where %s', async (_what, answer) => {
    const { result } = await open().fetch(request(), (one) => (atDaemon(one) ? answer : refusal));
    expect(result).toBe(refusal);
  });

  it('asks nobody for what does not stream, nor for other errors, nor in a quiet session', async () => {
    const overloaded = { value: { ok: false, status: 529 } };
    const claude = open();
    expect((await claude.fetch(request({ stream: false }), () => refusal)).sent).toHaveLength(1);
    expect((await claude.fetch(request(), () => overloaded)).sent).toHaveLength(1);
    Object.assign(claude.variables, { [QUIET_SESSION]: '1' });
    expect((await claude.fetch(request(), () => refusal)).sent).toHaveLength(1);
  });
});

describe("Claude's quota", () => {
  const five = (percentUsed: number) => ({
    kind: 'five_hour',
    percentUsed,
    resetsAt: '2026-01-28T14:00:00.000Z',
  });
  const readings = (claude: FakeClaude) =>
    claude.asked.filter(({ path }) => path === '/v1/quota').map(({ body }) => body);

  it('is told to the daemon when it has moved, and what it answers to the user', async () => {
    const claude = createFakeClaude(register, () => ({ fallbackActive: true, notices: ['one', 'two'] }));
    expect(await claude.measure({ rateLimits: [five(92)] })).toBe('measured');
    expect(readings(claude)).toEqual([
      {
        source: 'mod',
        sessionId: 's1',
        windows: [{ kind: 'five_hour', percent: 92, resetsAt: '2026-01-28T14:00:00.000Z' }],
      },
    ]);
    expect(claude.toasts).toEqual(['one', 'two']);
  });

  it('is not told where something else has moved, or where there is none', async () => {
    const claude = createFakeClaude(register, () => ({}));
    await claude.measure({ rateLimits: [five(92)], changed: ['cost', 'context'] });
    await claude.measure({ rateLimits: [] });
    expect(claude.asked).toEqual([]);
  });

  it('is told again where the daemon was not there, unless something newer is known', async () => {
    let isThere = false;
    const claude = createFakeClaude(register, () =>
      isThere ? { notices: ['late'] } : new Error('ECONNREFUSED'),
    );
    await claude.measure({ rateLimits: [five(91)] });
    await claude.measure({ rateLimits: [five(92)] });
    isThere = true;
    for (const work of claude.later) work();
    await vi.waitFor(() => expect(claude.toasts).toEqual(['late']));
    const percents = readings(claude).map((body) => JSON.stringify(body).match(/percent":(\d+)/)?.[1]);
    expect(percents).toEqual(['91', '92', '92']);
  });
});

describe('what is typed', () => {
  const TOLD = { notice: 'OMCM: hulw is on.', context: 'Hand out in parallel.' };

  it('starts a mode of the session, which the user and the model are told of', async () => {
    const claude = createFakeClaude(register, () => TOLD);
    expect(await claude.submit('hulw refactor X and Y')).toEqual({
      text: 'hulw refactor X and Y',
      context: ['Hand out in parallel.'],
    });
    expect(claude.asked).toEqual([
      { method: 'POST', path: '/v1/sessions/s1/mode', body: { mode: 'hulw', directory: '/project' } },
    ]);
    expect(claude.toasts).toEqual(['OMCM: hulw is on.']);
  });

  it('ends it, and what runs', async () => {
    const claude = createFakeClaude(register, () => ({ notice: 'off', context: 'ended' }));
    expect(await claude.submit('중단')).toEqual({ text: '중단', context: ['ended'] });
    expect(paths(claude.asked)).toEqual(['POST /v1/sessions/s1/stop']);
  });

  it('goes its way unchanged where nothing was on that could be stopped', async () => {
    const claude = createFakeClaude(register, () => ({ notice: null, context: null }));
    expect(await claude.submit('stop')).toEqual({ text: 'stop', context: undefined });
    expect(claude.toasts).toEqual([]);
  });

  it.each([
    ['mentions a mode at length', `tell me about hulw ${'x'.repeat(200)}`, 'composer'],
    ['is a notification', '<task-notification>hulw</task-notification>', 'task-notification'],
    ['is not typed by a person', 'hulw refactor X', 'scheduled-trigger'],
    ["is another plugin's", 'stop', 'plugin'],
  ])('goes its way unseen where it %s', async (_what, text, origin) => {
    const claude = createFakeClaude(register, () => TOLD);
    expect(await claude.submit(text, origin)).toEqual({ text, context: undefined });
    expect(claude.asked).toEqual([]);
  });

  it('is shown to the daemon where it could ask for a hand-over, and what that answers to the user and the model', async () => {
    const claude = createFakeClaude(register, () => ({ notice: 'OMCM: so', context: 'Tell them so.' }));
    expect(await claude.submit('switch over')).toEqual({ text: 'switch over', context: ['Tell them so.'] });
    expect(claude.toasts).toEqual(['OMCM: so']);
    expect(claude.asked).toEqual([
      {
        method: 'POST',
        path: '/v1/sessions/s1/prompts',
        body: { text: 'switch over', directory: '/project' },
      },
    ]);
  });

  it.each([
    ['has nothing to say', { notice: null, context: null }],
    ['is an older one', refusal(404, 'not-found')],
    ['is not there', new Error('ECONNREFUSED')],
  ])('goes its way unchanged, and unannounced, where the daemon %s', async (_what, words) => {
    const claude = createFakeClaude(register, () => words);
    expect(await claude.submit('opencode docs')).toEqual({ text: 'opencode docs', context: undefined });
    expect([claude.toasts, claude.helped]).toEqual([[], []]);
  });

  it('does not wait for a daemon that takes its time', async () => {
    const claude = createFakeClaude(
      register,
      () => ({}),
      () => new Promise<never>(() => {}),
    );
    const submitted = claude.submit('handoff');
    await vi.waitFor(() => expect(claude.later).toHaveLength(1));
    claude.later[0]?.();
    expect(await submitted).toEqual({ text: 'handoff', context: undefined });
  });

  it('goes its way where the daemon cannot be used, and the user is told that nothing is on', async () => {
    const claude = createFakeClaude(register, () => new Error('ECONNREFUSED'));
    claude.canStart = false;
    expect(await claude.submit('ulw fix it')).toEqual({ text: 'ulw fix it', context: undefined });
    expect(claude.toasts).toEqual([expect.stringContaining('ulw is not on')]);
    expect(await claude.submit('stop')).toEqual({ text: 'stop', context: undefined });
    expect(claude.toasts).toHaveLength(1);
  });

  it('starts a daemon where none runs, when it asks for a mode', async () => {
    let asked = 0;
    const claude = createFakeClaude(register, () => {
      asked += 1;
      return asked === 1 ? new Error('ECONNREFUSED') : TOLD;
    });
    expect(await claude.submit('hulw go')).toMatchObject({ context: ['Hand out in parallel.'] });
    expect(claude.helped.map(({ command }) => command)).toEqual(['ensure-daemon']);
  });
});

describe('the end of a session', () => {
  it('is told to the daemon', async () => {
    const claude = createFakeClaude(register, () => ({}));
    expect(await claude.endSession()).toBe('ended');
    expect(paths(claude.asked)).toEqual(['DELETE /v1/sessions/s1']);
  });

  it('does not wait for a daemon that does not answer', async () => {
    const claude = createFakeClaude(
      register,
      () => ({}),
      () => new Promise<never>(() => {}),
    );
    const ended = claude.endSession();
    await vi.waitFor(() => expect(claude.later).toHaveLength(1));
    claude.later[0]?.();
    expect(await ended).toBe('ended');
  });
});
