// What every way to OpenCode has to do, with the real program. Where one cannot do a point, CAPABILITIES says so.

import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { EngineEvent, EngineWork } from '../../../src/core/delegation/engine.ts';
import { failure, toFailure } from '../../../src/core/delegation/failure.ts';
import { parseTarget } from '../../../src/core/routing/list-targets.ts';
import type { Strategy } from '../../../src/core/strategy/strategy.ts';
import type { Fault, ToolUse } from '../../../src/simulation/answer.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import type { Script } from '../../../src/simulation/simulated-provider.ts';
import { type Simulation, startSimulation } from '../../../src/simulation/simulation.ts';
import { type BuiltEngine, buildEngine, isRunning, opencodeProcesses } from '../strategies/use-strategies.ts';

type Capabilities = {
  /** Where the agent's own instructions stand in the request. */
  readonly instructions: 'system' | 'prompt';
  /** Whether text is told while the model speaks, or when it has spoken. */
  readonly streams: boolean;
  /** Which steps' tokens are reported. */
  readonly tokens: 'all steps' | 'last step';
  /** Whether a model reads why its call was refused, or only that it was. */
  readonly explainsRefusals: boolean;
  /** Whether it looks if the task's folder is there; for a server the daemon does, before it asks for a session. */
  readonly checksDirectory: boolean;
  /** Whether an edit through a link to a file that is not there yet counts as one of that file. */
  readonly followsDanglingLinks: boolean;
};

const CAPABILITIES: Readonly<Record<Strategy, Capabilities>> = {
  serve: {
    instructions: 'system',
    streams: true,
    tokens: 'all steps',
    explainsRefusals: true,
    checksDirectory: false,
    followsDanglingLinks: false,
  },
  run: {
    instructions: 'system',
    streams: false,
    tokens: 'all steps',
    explainsRefusals: true,
    checksDirectory: true,
    followsDanglingLinks: true,
  },
  acp: {
    instructions: 'prompt',
    streams: true,
    tokens: 'last step',
    explainsRefusals: false,
    checksDirectory: true,
    followsDanglingLinks: true,
  },
};

const STALL_MS = 60_000;

describe.each(['serve', 'run', 'acp'] as const)('the strategy %s', (strategy) => {
  const can = CAPABILITIES[strategy];
  let simulation: Simulation;
  let built: BuiltEngine;
  let stallMs = STALL_MS;

  beforeAll(async () => {
    simulation = await startSimulation({ name: '내 집 home' });
    loosenPermissions(simulation.home.projectDir);
    built = buildEngine(strategy, simulation.home, { stallTimeoutMs: () => stallMs });
  });

  afterAll(async () => {
    await built.stop();
    const left = await opencodeProcesses(simulation.home);
    await simulation.stop();
    expect(left).toEqual([]);
  });

  const inProject = (...path: string[]) => join(simulation.home.projectDir, ...path);

  /** Answers this test's requests. */
  function script(
    provider: 'openai' | 'google',
    answer: Script['answer'],
  ): () => readonly JournaledRequest[] {
    const { [provider]: simulated } = simulation.providers;
    const from = simulated.journal().length;
    onTestFinished(simulated.on({ answer }));
    return () => simulated.journal().slice(from);
  }

  async function run(prompt: string, { work = {}, signal, onEvent }: Run = {}): Promise<Result> {
    const events: EngineEvent[] = [];
    try {
      const opening = AbortSignal.any([AbortSignal.timeout(100_000), ...(signal ? [signal] : [])]);
      const task = { ...WORK, directory: simulation.home.projectDir, ...work };
      const session = await built.engine.open(task, opening);
      const turn = { prompt, conversation: task.conversation };
      for await (const event of session.run(turn, signal ?? new AbortController().signal)) {
        events.push(event);
        onEvent?.(event);
      }
    } catch (error) {
      return { events, text: '', failed: toFailure(error).code, ending: null };
    }
    const ending = events.at(-1);
    if (ending?.type !== 'finished' && ending?.type !== 'failed') throw new Error('no ending');
    const failed = ending.type === 'failed' ? ending.failure.code : null;
    return { events, text: textOf(events), failed, ending };
  }

  it('carries prompt and answer as they are, and tells what was used', async () => {
    const prompt = 'say "hi" \\"there\\" \'x\' $HOME `a` 100%\n\n한국어와 🎉\tand\n  a tail  \n';
    const answer = '  He said: "hi"\n\n```sh\necho $HOME\n```\n끝 🎉  \n';
    const requests = script('openai', { text: answer, usage: { input: 120, output: 30 } });

    const { text, failed, ending } = await run(prompt);

    expect({ text, failed }).toEqual({ text: answer, failed: null });
    expect(requests().map(({ lastUserText }) => lastUserText)).toEqual([prompt]);
    expect(ending).toMatchObject({
      tokens: { input: 120, output: 30 },
      model: 'gpt-5.2',
      provider: 'openai',
      filesChanged: [],
    });
    expect(ending?.costUsd).toBeGreaterThan(0);
  });

  it('brings a long answer whole, for a long prompt', async () => {
    const prompt = `${'read this: 한국어 🎉 '.repeat(20_000)}end`;
    const answer = `${'a line of the report\n'.repeat(15_000)}end`;
    const requests = script('openai', { text: answer, chunkChars: 20_000 });
    const { text, failed } = await run(prompt);
    expect({ failed, length: text.length }).toEqual({ failed: null, length: answer.length });
    expect(text === answer).toBe(true);
    expect(requests()[0]?.lastUserText === prompt).toBe(true);
  });

  it('takes a prompt that looks like a command of OpenCode for a prompt', async () => {
    const requests = script('openai', { text: 'no command' });
    expect((await run('/compact the list')).text).toBe('no command');
    expect(requests().at(-1)?.lastUserText).toBe('/compact the list');
  });

  it("hands the agent's own instructions on, and asks for no more thinking than usual", async () => {
    const requests = script('openai', { text: 'ok' });
    await run('work', { work: { instructions: 'You are the "tester".\n시험하라.' } });
    const [request] = requests();
    const place = can.instructions === 'system' ? request?.system : request?.userTexts.join('\n');
    expect(place).toContain('You are the "tester".\n시험하라.');
    expect(request?.body).toMatchObject({ reasoning: { effort: 'medium' } });
  });

  it(`tells text ${can.streams ? 'while the model speaks' : 'when the model has spoken'}`, async () => {
    script('openai', { text: 'a word and another '.repeat(20).trim(), chunkDelayMs: 150 });
    const { events } = await run('talk');
    const texts = events.filter(({ type }) => type === 'text');
    if (can.streams) expect(texts.length).toBeGreaterThan(1);
    else expect(texts).toHaveLength(1);
  });

  it(`reports the tokens of ${can.tokens}`, async () => {
    const usage = (request: JournaledRequest) => ({ input: 100 * (1 + toolTurns(request)), output: 7 });
    const requests = script('openai', (request) => ({
      ...(toolTurns(request) === 0
        ? { text: 'Let me look.', toolUses: [readFile(inProject('README.md'))] }
        : { text: 'I looked.' }),
      usage: usage(request),
    }));

    const { ending, events } = await run('look');

    expect(requests()).toHaveLength(2);
    expect(ending?.tokens).toMatchObject(
      can.tokens === 'all steps' ? { input: 300, output: 14 } : { input: 200, output: 7 },
    );
    // The report is what came after the tools: whoever follows must be able to tell.
    expect(events).toContainEqual(expect.objectContaining({ type: 'step-ended', finish: 'tool-calls' }));
    expect(events.findLast(({ type }) => type === 'text')).toMatchObject({ step: 1, delta: 'I looked.' });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'tool', tool: 'read', status: 'completed' }),
    );
  });

  it('lets a task that only reads neither write nor run a shell, and it goes on', async () => {
    const tries = [
      write(inProject('written.txt')),
      { name: 'bash', input: { command: 'touch by-shell.txt', description: 'touch' } },
      { name: 'task', input: { description: 'x', prompt: 'x', subagent_type: 'general' } },
      readFile(inProject('README.md')),
      readFile(join(simulation.home.root, 'outside.txt')),
    ];
    writeFileSync(join(simulation.home.root, 'outside.txt'), 'the secret');
    const requests = script('google', (request) => tryEach(tries, request, 'I could only read.'));

    const { text, failed } = await run('try it', { work: { target: target('google/gemini-3-flash') } });

    expect({ text: text.trim(), failed }).toEqual({ text: 'I could only read.', failed: null });
    expect(requests()).toHaveLength(tries.length + 1);
    expect(JSON.stringify(requests().at(-1)?.turns)).not.toContain('the secret');
    expect(existsSync(inProject('written.txt'))).toBe(false);
    expect(existsSync(inProject('by-shell.txt'))).toBe(false);
  });

  it('lets a task edit inside the project: not outside, not through a link, not what is protected', async () => {
    const outside = join(simulation.home.root, 'elsewhere');
    mkdirSync(outside, { recursive: true });
    symlinkSync(outside, inProject('link'));
    symlinkSync(join(outside, 'missing.txt'), inProject('dangling.txt'));
    const tries = [
      write(join(outside, 'a.txt')),
      write(inProject('link', 'b.txt')),
      ...(can.followsDanglingLinks ? [write(inProject('dangling.txt'))] : []),
      write(inProject('.git', 'hooks', 'pre-commit')),
      write(inProject('.env')),
      { name: 'bash', input: { command: 'touch by-shell.txt', description: 'touch' } },
      write(inProject('inside.txt')),
    ];
    onTestFinished(() => remove(inProject('link'), inProject('dangling.txt'), inProject('inside.txt')));
    const requests = script('google', (request) => tryEach(tries, request, 'One of them.'));

    const { text, failed, ending, events } = await run('try it', {
      work: { grant: { kind: 'edit-in-project' }, target: target('google/gemini-3-flash') },
    });

    expect({ text: text.trim(), failed }).toEqual({ text: 'One of them.', failed: null });
    expect(readFileSync(inProject('inside.txt'), 'utf8')).toBe('yes');
    expect(ending?.filesChanged).toEqual(['inside.txt']);
    expect(
      [join(outside, 'a.txt'), join(outside, 'b.txt'), join(outside, 'missing.txt')].filter(existsSync),
    ).toEqual([]);
    expect([inProject('.git', 'hooks', 'pre-commit'), inProject('.env')].filter(existsSync)).toEqual([]);
    expect(existsSync(inProject('by-shell.txt'))).toBe(false);
    expect(requests()).toHaveLength(tries.length + 1);
    expect(events.filter(({ type }) => type === 'permission').length).toBeGreaterThan(1);
    const told = JSON.stringify(requests().at(-1)?.turns);
    if (can.explainsRefusals) expect(told).toContain('is protected: leave it');
    else expect(told).toContain('rejected permission');
  });

  it('sees through a patch that moves a file to where it may not be', async () => {
    const patch = (...lines: string[]) => ({
      name: 'apply_patch',
      input: { patchText: ['*** Begin Patch', ...lines, '*** End Patch'].join('\n') },
    });
    const tries = [
      patch('*** Add File: moved.txt', '+yes'),
      patch('*** Update File: moved.txt', '*** Move to: .git/hooks/pre-commit', '@@', '-yes', '+no'),
      patch('*** Update File: moved.txt', '*** Move to: ../out.txt', '@@', '-yes', '+no'),
    ];
    onTestFinished(() => remove(inProject('moved.txt')));
    script('openai', (request) => tryEach(tries, request, 'One of three.'));

    const { text, ending } = await run('try it', { work: { grant: { kind: 'edit-in-project' } } });

    expect(text.trim()).toBe('One of three.');
    expect(readFileSync(inProject('moved.txt'), 'utf8')).toBe('yes\n');
    expect(existsSync(inProject('.git', 'hooks', 'pre-commit'))).toBe(false);
    expect(existsSync(inProject('..', 'out.txt'))).toBe(false);
    expect(ending?.filesChanged).toEqual(['moved.txt']);
  });

  it('lets a task that may do everything use the shell, and a cancel ends what the shell runs', async () => {
    const marker = `sleep 98.${process.pid}`;
    script('openai', (request) => {
      const command = toolTurns(request) === 0 ? 'echo made > made.txt' : marker;
      return { toolUses: [{ name: 'bash', input: { command, description: 'work' } }] };
    });
    onTestFinished(() => remove(inProject('made.txt')));
    const stop = new AbortController();
    const running = run('work', { work: { grant: { kind: 'full' } }, signal: stop.signal });

    await expect.poll(() => isRunning(marker), { timeout: 60_000 }).toBe(true);
    stop.abort(failure('cancelled'));

    expect((await running).failed).toBe('cancelled');
    expect(readFileSync(inProject('made.txt'), 'utf8')).toBe('made\n');
    await expect.poll(() => isRunning(marker), { timeout: 10_000 }).toBe(false);
  });

  it.each(['cancelled', 'deadline-exceeded'] as const)(
    'ends with %s, at the provider as well',
    async (code) => {
      const requests = script('openai', { text: 'late', delayMs: 90_000 });
      const stop = new AbortController();
      const running = run('wait', { signal: stop.signal });
      await expect.poll(requests, { timeout: 60_000 }).toHaveLength(1);

      stop.abort(failure(code));

      expect((await running).failed).toBe(code);
      await expect.poll(() => requests()[0]?.outcome, { timeout: 10_000 }).toBe('left');
    },
  );

  it('gives up soon after a provider that refuses, breaks off or makes no sense', async () => {
    const faults: readonly (readonly [Fault, string])[] = [
      [{ kind: 'refused-key' }, 'provider-refused-key'],
      [{ kind: 'rate-limit' }, 'provider-rate-limited'],
      [{ kind: 'quota-exhausted' }, 'provider-quota-exhausted'],
      [{ kind: 'overloaded' }, 'provider-unavailable'],
      [{ kind: 'drop' }, 'provider-unavailable'],
      [{ kind: 'empty-body' }, 'provider-garbage'],
      [{ kind: 'garbage-body' }, 'provider-garbage'],
    ];
    const requests = script('openai', ({ lastUserText }) => {
      const fault = faults.find(([{ kind }]) => kind === lastUserText)?.[0];
      return { text: 'a word or two '.repeat(20), ...(fault === undefined ? {} : { fault }) };
    });

    const failed = await Promise.all(faults.map(async ([{ kind }]) => [kind, (await run(kind)).failed]));

    expect(failed).toEqual(faults.map(([{ kind }, code]) => [kind, code]));
    for (const [{ kind }] of faults)
      expect(requests().filter(({ lastUserText }) => lastUserText === kind).length).toBeLessThan(8);
  });

  it('calls a provider silent that sends nothing, and does not wait for it', async () => {
    const requests = script('openai', { fault: { kind: 'hang' } });
    stallMs = 2_000;
    onTestFinished(() => {
      stallMs = STALL_MS;
    });
    expect((await run('work')).failed).toBe('provider-silent');
    await expect.poll(() => requests()[0]?.outcome, { timeout: 10_000 }).toBe('left');
  });

  it('says so when OpenCode does not know the model, or the folder is not there', async () => {
    expect((await run('work', { work: { target: target('openai/nope') } })).failed).toBe('model-not-found');
    if (can.checksDirectory)
      expect((await run('work', { work: { directory: inProject('nowhere') } })).failed).toBe(
        'directory-missing',
      );
  });

  it('works on several tasks at the same time', async () => {
    // Cold processes take their time on two cores.
    const [names, delayMs] =
      strategy === 'run' ? [['one', 'two'], 8_000] : [['one', 'two', 'three', 'four'], 3_000];
    const requests = script('openai', (request) => ({ text: `Re: ${request.lastUserText}`, delayMs }));

    const results = await Promise.all(names.map((name) => run(name)));

    expect(results.map(({ text }) => text)).toEqual(names.map((name) => `Re: ${name}`));
    const lastStart = Math.max(...requests().map(({ at }) => at));
    const firstEnd = Math.min(...requests().map(({ endedAt }) => endedAt ?? 0));
    expect(lastStart).toBeLessThan(firstEnd);
  });

  it('goes on with a conversation', async () => {
    const requests = script('openai', (request) => ({ text: `answer ${request.userTexts.length}` }));
    const work = { instructions: 'You are the tester.', conversation: `agent-${strategy}` };
    await run('first', { work });
    await run('second', { work });
    expect(
      requests()
        .at(-1)
        ?.turns.map(({ text }) => text),
    ).toEqual(expect.arrayContaining(['first', expect.stringMatching(/^answer \d$/), 'second']));
  });

  it('gives a session back that is not used', async () => {
    const task = { ...WORK, directory: simulation.home.projectDir };
    const before = await opencodeProcesses(simulation.home);
    const session = await built.engine.open(task, AbortSignal.timeout(60_000));
    await session.discard();
    const left = await opencodeProcesses(simulation.home);
    if (strategy === 'run') expect(left).toEqual(before);
    else expect(left).toHaveLength(1);
  });

  it('notices that its process was killed, and the next task works', async () => {
    const requests = script('openai', (request) =>
      request.lastUserText === 'again' ? { text: 'back' } : { text: 'late', delayMs: 90_000 },
    );
    const running = run('work');
    await expect.poll(requests, { timeout: 60_000 }).toHaveLength(1);
    for (const pid of await opencodeProcesses(simulation.home)) process.kill(pid, 'SIGKILL');

    expect((await running).failed).toBe('server-died');
    expect((await run('again')).text).toBe('back');
  });
});

type Run = {
  readonly work?: Partial<EngineWork>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EngineEvent) => void;
};

type Result = {
  readonly events: readonly EngineEvent[];
  readonly text: string;
  readonly failed: string | null;
  readonly ending: Extract<EngineEvent, { type: 'finished' | 'failed' }> | null;
};

const WORK: Omit<EngineWork, 'directory'> = {
  id: 'task-1',
  instructions: null,
  target: target('openai/gpt-5.2'),
  opencodeAgent: 'build',
  grant: { kind: 'read-only' },
  conversation: null,
};

function target(model: string): EngineWork['target'] {
  const parsed = parseTarget(model);
  if (parsed === null) throw new Error(`no target: ${model}`);
  return parsed;
}

/** What a project may say against us. */
function loosenPermissions(directory: string): void {
  const all = { '*': 'allow' };
  const agent = { permission: all };
  const config = { permission: all, agent: { build: agent, plan: agent, explore: agent, general: agent } };
  writeFileSync(join(directory, 'opencode.json'), JSON.stringify(config));
}

function textOf(events: readonly EngineEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.delta : '')).join('');
}

function toolTurns(request: JournaledRequest): number {
  return request.turns.filter(({ role }) => role === 'tool').length;
}

function tryEach(tries: readonly ToolUse[], request: JournaledRequest, end: string) {
  const next = tries[toolTurns(request)];
  return next === undefined ? { text: end } : { toolUses: [next] };
}

function write(filePath: string): ToolUse {
  return { name: 'write', input: { filePath, content: 'yes' } };
}

function readFile(filePath: string): ToolUse {
  return { name: 'read', input: { filePath } };
}

function remove(...paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { force: true, recursive: true });
}
