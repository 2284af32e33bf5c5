import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/core/delegation/failure.ts';
import type { ModelAccess, NoAccess } from '../../../src/core/native-tools/model-access.ts';
import type { Target } from '../../../src/core/routing/decision.ts';
import { createNativeSteps } from '../../../src/daemon/native-tools/native-steps.ts';
import { createReasoningMemory } from '../../../src/daemon/native-tools/reasoning-memory.ts';
import type { AssignedTask } from '../../../src/daemon/native-tools/work.ts';
import type { TaskEvent } from '../../../src/protocol/task.ts';
import type { Answer } from '../../../src/simulation/answer.ts';
import { useSimulatedProviders } from '../../support/use-simulation.ts';
import { until } from '../support/until.ts';
import { assigned, FLASH, GPT, keepTrace, useDesk } from './support.ts';

const BODY = {
  model: 'claude-sonnet-5-5',
  system: 'You write.',
  messages: [{ role: 'user' as const, content: 'Go on.' }],
  tools: [{ name: 'Read', description: 'reads', input_schema: { type: 'object', properties: {} } }],
};
const PRICE = { input: 1, output: 2, cache: { read: 0, write: 0 } };
const CALL: Answer = { toolUses: [{ name: 'Read', input: { file: 'a' } }], usage: { input: 90, output: 9 } };

type Setting = {
  readonly task?: Partial<AssignedTask>;
  readonly noKeyFor?: string;
};

/** The engine with simulated providers, and what the circuits hear of it. */
async function useEngine({ task, noKeyFor }: Setting = {}) {
  const { openai, google } = await useSimulatedProviders();
  const watched = useDesk();
  const begun: string[] = [];
  const told: (readonly [string, Failure['code'] | null])[] = [];
  let looks = 0;
  const access = async ({ opencodeProvider, model }: Target): Promise<ModelAccess | NoAccess> => {
    looks += 1;
    if (opencodeProvider === noKeyFor) return 'no-key';
    const isGoogle = opencodeProvider === 'google';
    return {
      provider: opencodeProvider,
      model,
      npm: isGoogle ? '@ai-sdk/google' : '@ai-sdk/openai',
      apiKey: 'test',
      baseUrl: isGoogle ? `${google.url}/v1beta` : `${openai.url}/v1`,
      headers: {},
      price: PRICE,
    };
  };
  const engine = createNativeSteps({
    desk: watched.desk,
    pool: { access },
    memory: createReasoningMemory(),
    dispatch: {
      begin: (target) => {
        begun.push(target.opencodeProvider);
        return null;
      },
      ended: ({ target, failure }) => void told.push([target.opencodeProvider, failure?.code ?? null]),
    },
    now: Date.now,
  });
  engine.assign(assigned(task));
  const ask = async (signal = new AbortController().signal): Promise<string | null> => {
    const said = await engine.answer('a1', BODY, signal);
    if (said === null) return null;
    let all = '';
    for await (const event of said) all += event;
    return all;
  };
  return { ...watched, engine, google, openai, begun, told, ask, looks: () => looks };
}

describe('the steps of a subagent', () => {
  it('are asked what they take while they are answered, and say it at their end', async () => {
    const { google, engine } = await useEngine();
    google.on({ answer: { text: 'All read.', usage: { input: 10, output: 1 } } });
    expect(await engine.lastStepOf('a1')).toBeNull();
    const said = await engine.answer('a1', BODY, new AbortController().signal);
    let told: object | null | undefined;
    void engine.lastStepOf('a1').then((tokens) => {
      told = tokens;
    });
    let text = '';
    for await (const event of said ?? []) {
      if (text === '') expect(told).toBeUndefined();
      text += event;
    }
    expect(text).toContain('All read.');
    expect(await engine.lastStepOf('a1')).toMatchObject({ input: 10, output: 1 });
    expect(told).toMatchObject({ input: 10, output: 1 });
  });

  it('say that nobody knows what they took where their provider broke off', async () => {
    const { google, engine, ask } = await useEngine();
    google.on({ answer: { text: 'one two three four five', chunkChars: 4, fault: { kind: 'drop' } } });
    expect(await ask()).toContain('event: error');
    expect(await engine.lastStepOf('a1')).toBeNull();
  });

  it('are answered one after the other, with the way to the model asked for once', async () => {
    const { google, ask, told, looks, desk, ended } = await useEngine();
    google.on({ answer: CALL });
    expect(await ask()).toContain('"name":"Read"');
    google.on({ answer: { text: 'All read.', usage: { input: 10, output: 1 } } });
    expect(await ask()).toContain('message_stop');
    expect(looks()).toBe(1);
    expect(told).toEqual([
      ['google', null],
      ['google', null],
    ]);
    desk.closeAll();
    expect(ended[0]).toMatchObject({ failure: null, outcome: { tokens: { input: 100, output: 10 } } });
  });

  it('are told to whoever looks on, and to the trace, while they are made', async () => {
    const told: TaskEvent[] = [];
    const { trace, notes } = keepTrace();
    const { google, openai, ask, desk } = await useEngine({
      task: { trace, tell: (event) => void told.push(event) },
    });
    google.on({ answer: { fault: { kind: 'server-error' } } });
    openai.on({ answer: CALL });
    await ask();
    openai.on({ answer: { text: 'All read.', usage: { input: 10, output: 1 } } });
    await ask();
    desk.closeAll();
    expect(told).toContainEqual({ type: 'activity', text: 'Read' });
    expect(told.map((event) => (event.type === 'text' ? event.text : '')).join('')).toBe('All read.');
    expect(notes).toMatchObject([
      { kind: 'answered', target: FLASH, failure: 'provider-unavailable', tokens: { input: 0 } },
      { kind: 'answered', target: GPT, failure: null, tokens: { input: 90, output: 9 } },
      { kind: 'answered', target: GPT, failure: null, tokens: { input: 10, output: 1 } },
      { kind: 'ended', failure: null, used: { model: 'gpt-5.2', tokens: { input: 100, output: 10 } } },
    ]);
  });

  it('go to the next model where one refuses, and stay there', async () => {
    const { google, openai, ask, told } = await useEngine();
    google.on({ answer: { fault: { kind: 'rate-limit', retryAfterSeconds: 60 } } });
    openai.on({ answer: CALL });
    await ask();
    await ask();
    expect(told).toEqual([
      ['google', 'provider-rate-limited'],
      ['openai', null],
      ['openai', null],
    ]);
  });

  it('are asked of nobody without a key, which speaks against no provider', async () => {
    const { openai, ask, begun, told } = await useEngine({ noKeyFor: 'google' });
    openai.on({ answer: CALL });
    expect(await ask()).toContain('"name":"Read"');
    expect(begun).toEqual(['openai']);
    expect(told).toEqual([['openai', null]]);
  });

  it('are Claude’s from the first that nobody answers', async () => {
    const { google, openai, ask, ended, told } = await useEngine();
    for (const provider of [google, openai]) provider.on({ answer: { fault: { kind: 'server-error' } } });
    expect(await ask()).toBeNull();
    expect(await ask()).toBeNull();
    expect(told).toEqual([
      ['google', 'provider-unavailable'],
      ['openai', 'provider-unavailable'],
    ]);
    expect(ended).toMatchObject([{ failure: { code: 'provider-unavailable' }, begun: false }]);
  });

  it('that break in the middle are told as an error, and the provider is blamed', async () => {
    const { google, ask, told } = await useEngine();
    google.on({ answer: { text: 'one two three four five', chunkChars: 4, fault: { kind: 'drop' } } });
    const said = await ask();
    expect(said).toContain('event: error');
    expect(said).not.toContain('message_stop');
    expect(told).toEqual([['google', expect.stringMatching(/^provider-/)]]);
  });

  it.each(['hang', 'stall'] as const)('that a user breaks off (%s) speak against nobody', async (kind) => {
    const { google, ask, told, begun, desk, ended } = await useEngine();
    google.on({ answer: { text: 'one two three four five', chunkChars: 4, fault: { kind } } });
    const stop = new AbortController();
    const asking = ask(stop.signal);
    await until(() => google.journal().length > 0);
    stop.abort();
    await asking;
    expect(told).toEqual(begun.map((provider) => [provider, 'cancelled']));
    desk.closeAll();
    expect(ended).toMatchObject([{ failure: { code: 'cancelled' } }]);
  });

  it('whose provider falls silent in the middle do not wait for ever', async () => {
    const { google, ask, told } = await useEngine({ task: { patienceMs: 300 } });
    google.on({ answer: { text: 'one two three four five', chunkChars: 4, fault: { kind: 'stall' } } });
    expect(await ask()).toContain('event: error');
    expect(told).toEqual([['google', 'provider-silent']]);
  });

  it.each([
    ['claude', null],
    ['stop', 'Do not start it again'],
  ] as const)('beyond the budget of a task are answered as the user has said (%s)', async (where, said) => {
    const { budgets } = assigned();
    const { google, ask, ended } = await useEngine({
      task: { limit: 50, budgets: { ...budgets, task: 50, onExceeded: where } },
    });
    google.on({ answer: CALL });
    await ask();
    const answer = await ask();
    if (said === null) expect(answer).toBeNull();
    else expect(answer).toContain(said);
    expect(google.journal()).toHaveLength(1);
    expect(ended).toMatchObject([{ failure: { code: 'over-budget' }, begun: said !== null }]);
  });

  it('are broken off when the daemon leaves, so that Claude goes on', async () => {
    const { google, engine, ask, told, ended } = await useEngine();
    google.on({ answer: { text: 'one two three four five', chunkChars: 4, fault: { kind: 'stall' } } });
    const asking = ask();
    await until(() => google.journal().length > 0);
    await engine.close();
    await asking;
    expect(told).toEqual([['google', 'draining']]);
    expect(ended).toMatchObject([{ failure: { code: 'draining' } }]);
  });
});
