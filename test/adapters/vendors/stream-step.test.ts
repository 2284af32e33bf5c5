import { describe, expect, it, vi } from 'vitest';
import { classifyVendorError, openModel, streamStep } from '../../../src/adapters/vendors/vendors.ts';
import type { Conversation } from '../../../src/core/native-tools/conversation.ts';
import type { SpokenPackage } from '../../../src/core/native-tools/spoken-packages.ts';
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
type Vendor = readonly [name: 'openai' | 'google', npm: SpokenPackage, model: string, path: string];
const OPENAI: Vendor = ['openai', '@ai-sdk/openai', 'gpt-5.2', '/v1'];
const GOOGLE: Vendor = ['google', '@ai-sdk/google', 'gemini-3-flash', '/v1beta'];

async function ask(
  provider: SimulatedProvider,
  [name, npm, model, path]: Vendor,
  { signal = new AbortController().signal } = {},
) {
  const access = { provider: name, model, npm, apiKey: KEY, baseUrl: `${provider.url}${path}`, headers: {} };
  const opened = openModel(access);
  if (opened === null) throw new Error('nobody speaks to it');
  const said: object[] = [];
  try {
    for await (const event of streamStep(opened, ASKED, { signal, onSign: () => undefined }))
      said.push(event);
    return { said, failed: null };
  } catch (error) {
    return { said, failed: classifyVendorError(error) };
  }
}

describe.each([OPENAI, GOOGLE])('a step of %s', (...vendor) => {
  const [name] = vendor;
  const play = async (answer: Answer) => {
    const providers = await useSimulatedProviders();
    providers[name].on({ answer });
    const { said, failed } = await ask(providers[name], vendor);
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

  it('that breaks off is a failure of the provider', async () => {
    const { types, failed } = await play({ text: 'many words '.repeat(40), fault: { kind: 'drop' } });
    expect(types).not.toContain('finish');
    expect(['provider-unavailable', 'provider-garbage']).toContain(failed?.code);
  });

  it('is ended at the provider when nobody wants it any more', async () => {
    const providers = await useSimulatedProviders();
    const provider = providers[name];
    provider.on({ answer: { fault: { kind: 'hang' } } });
    const leaving = new AbortController();
    const asked = ask(provider, vendor, { signal: leaving.signal });
    await vi.waitFor(() => expect(provider.journal()).toHaveLength(1));
    leaving.abort();
    expect((await asked).said).toEqual([]);
    await vi.waitFor(() => expect(provider.journal()[0]?.outcome).toBe('left'));
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
