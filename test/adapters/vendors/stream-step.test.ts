import { describe, expect, it } from 'vitest';
import { classifyVendorError, openModel, streamStep } from '../../../src/adapters/vendors/vendors.ts';
import type { Conversation } from '../../../src/core/native-tools/conversation.ts';
import type { Answer } from '../../../src/simulation/answer.ts';
import type { SimulatedProvider } from '../../../src/simulation/simulated-provider.ts';
import { useSimulatedProviders } from '../../support/use-simulation.ts';

const KEY = 'sk-secret-of-the-test';
const ASKED: Conversation = {
  system: 'You look things up.',
  turns: [{ role: 'user', content: [{ type: 'text', text: 'What is there?' }] }],
  tools: [
    {
      name: 'Bash',
      description: 'Runs a command',
      schema: {
        type: 'object',
        properties: { command: { type: 'string' }, timeout: { type: 'number' } },
        required: ['command'],
      },
    },
  ],
  toolChoice: 'auto',
};
type Vendor = readonly [name: 'openai' | 'google', npm: string, model: string, path: string];
const OPENAI: Vendor = ['openai', '@ai-sdk/openai', 'gpt-5.2', '/v1'];
const GOOGLE: Vendor = ['google', '@ai-sdk/google', 'gemini-3-flash', '/v1beta'];

async function ask(
  provider: SimulatedProvider,
  [name, npm, model, path]: Vendor,
  { signal = new AbortController().signal, silenceMs = 20_000 } = {},
) {
  const access = { provider: name, model, npm, apiKey: KEY, baseUrl: `${provider.url}${path}`, headers: {} };
  const opened = openModel(access);
  if (opened === null) throw new Error('nobody speaks to it');
  const said: object[] = [];
  try {
    for await (const event of streamStep(opened, ASKED, { signal, silenceMs })) said.push(event);
    return { said, failed: null };
  } catch (error) {
    return { said, failed: classifyVendorError(error) };
  }
}

describe.each([OPENAI, GOOGLE])('a step of %s', (...vendor) => {
  const [name] = vendor;
  const play = async (answer: Answer, limits = {}) => {
    const providers = await useSimulatedProviders();
    providers[name].on({ answer });
    const { said, failed } = await ask(providers[name], vendor, limits);
    const types = said.map((event) => ('type' in event ? event.type : ''));
    return { said, types, failed, request: providers[name].journal()[0] };
  };

  it('tells text and calls, and what it used', async () => {
    const use = { name: 'Bash', input: { command: 'ls' } };
    const { said, request } = await play({
      text: 'Looking.',
      toolUses: [use, use],
      usage: { input: 70, output: 9 },
    });
    const calls = said.filter((event) => 'toolName' in event);
    expect(said[0]).toMatchObject({ type: 'text' });
    expect(calls).toMatchObject([
      { toolName: 'Bash', input: { command: 'ls' } },
      { toolName: 'Bash', input: { command: 'ls' } },
    ]);
    expect(said.at(-1)).toMatchObject({ type: 'finish', tokens: { input: 70, output: 9 } });
    expect(request?.system).toContain('You look things up.');
    expect(request?.toolNames).toEqual(['Bash']);
  });

  it.each([
    ['a limit', { kind: 'rate-limit' }, 'provider-rate-limited'],
    ['a spent quota', { kind: 'quota-exhausted' }, 'provider-quota-exhausted'],
    ['a fault of the server', { kind: 'server-error' }, 'provider-unavailable'],
    ['a refused key', { kind: 'refused-key' }, 'provider-refused-key'],
    ['an empty body', { kind: 'empty-body' }, 'provider-garbage'],
    ['garbage', { kind: 'garbage-body' }, 'provider-garbage'],
  ] as const)('that is %s fails before its first word, and does not tell the key', async (_, fault, code) => {
    const { said, failed } = await play({ fault });
    expect(said).toEqual([]);
    expect(failed?.code).toBe(code);
    expect(JSON.stringify(failed)).not.toContain(KEY);
  });

  it('that says nothing at all is a failure', async () => {
    const { said, failed } = await play({ text: '' });
    expect(said).toEqual([]);
    expect(failed?.code).toBe('provider-garbage');
  });

  it.each([
    ['before its first word', { kind: 'hang' }, []],
    ['between two words', { kind: 'stall', afterChunks: 8 }, ['text']],
  ] as const)('that falls silent %s is given up', async (_, fault, begun) => {
    const text = 'many words '.repeat(40);
    const { types, failed } = await play({ text, fault }, { silenceMs: 700 });
    expect([...new Set(types)]).toEqual(begun);
    expect(failed?.code).toBe('provider-silent');
  });

  it('that breaks off is a failure of the provider', async () => {
    const { types, failed } = await play({ text: 'many words '.repeat(40), fault: { kind: 'drop' } });
    expect(types).not.toContain('finish');
    expect(['provider-unavailable', 'provider-garbage']).toContain(failed?.code);
  });

  it('is ended at the provider when nobody wants it any more', async () => {
    const { failed } = await play({ fault: { kind: 'hang' } }, { signal: AbortSignal.timeout(300) });
    expect(failed?.code).toBe('cancelled');
  });
});

describe('OpenAI', () => {
  it('is to keep nothing, and to leave out what a schema leaves to it', async () => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { text: 'Nothing.' } });
    await ask(openai, OPENAI);
    expect(openai.journal()[0]?.body).toMatchObject({
      store: false,
      tools: [{ name: 'Bash', strict: false }],
    });
  });
});
