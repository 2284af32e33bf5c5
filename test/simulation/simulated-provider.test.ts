import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/simulation/answer.ts';
import type { SimulatedProvider } from '../../src/simulation/simulated-provider.ts';
import { sumUsage } from '../../src/simulation/sum-usage.ts';
import { useSimulatedProviders } from '../support/use-simulation.ts';

const anthropicBody = {
  model: 'claude-opus-5-5',
  stream: true,
  max_tokens: 100,
  system: [{ type: 'text', text: 'You are a conductor.' }],
  tools: [{ name: 'Agent', input_schema: { type: 'object' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'a reminder' },
        { type: 'text', text: 'Say "안녕" 🎵' },
      ],
    },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'Agent', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'the report' }] },
  ],
};

const openAiBody = {
  model: 'gpt-5.2',
  stream: true,
  tools: [{ type: 'function', name: 'read', parameters: {} }],
  input: [
    { role: 'developer', content: 'You are a reviewer.' },
    { role: 'user', content: [{ type: 'input_text', text: 'Review it' }] },
    { type: 'function_call', call_id: 'call_1', name: 'read', arguments: '{}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'file text' },
  ],
};

const geminiBody = {
  systemInstruction: { parts: [{ text: 'You are a writer.' }] },
  tools: [{ functionDeclarations: [{ name: 'write' }] }],
  contents: [
    { role: 'user', parts: [{ text: 'Write it' }] },
    { role: 'model', parts: [{ functionCall: { name: 'write', args: {} } }] },
    { role: 'user', parts: [{ functionResponse: { name: 'write', response: { content: 'done' } } }] },
  ],
};

const geminiPath = '/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse';

describe('a simulated provider', () => {
  it('answers each vendor in its own wire format, in several chunks, with the usage it was given', async () => {
    const { anthropic, openai, google } = await useSimulatedProviders();
    const answer: Answer = { text: 'one two three four five six seven', usage: { input: 1234, output: 56 } };
    for (const provider of [anthropic, openai, google]) provider.on({ answer });

    const said = await Promise.all([
      ask(anthropic, '/v1/messages', anthropicBody),
      ask(openai, '/v1/responses', openAiBody),
      ask(google, geminiPath, geminiBody),
    ]);

    expect(said[0].match(/text_delta/g)?.length).toBeGreaterThan(1);
    expect(said[0]).toContain('"input_tokens":1234');
    expect(said[1].match(/output_text\.delta/g)?.length).toBeGreaterThan(1);
    expect(said[1]).toContain('"output_tokens":56');
    expect(said[2].match(/"text":/g)?.length).toBeGreaterThan(1);
    expect(said[2]).toContain('"promptTokenCount":1234');
  });

  it('journals what it received the same way for every vendor', async () => {
    const { anthropic, openai, google } = await useSimulatedProviders();
    await ask(anthropic, '/v1/messages', anthropicBody, { 'x-claude-code-agent-id': 'a1' });
    await ask(openai, '/v1/responses', openAiBody);
    await ask(google, geminiPath, geminiBody);

    expect(anthropic.journal()[0]).toMatchObject({
      path: '/v1/messages',
      model: 'claude-opus-5-5',
      system: 'You are a conductor.',
      userTexts: ['a reminder', 'Say "안녕" 🎵'],
      lastUserText: 'Say "안녕" 🎵',
      toolNames: ['Agent'],
      headers: { 'x-claude-code-agent-id': 'a1' },
      body: anthropicBody,
      status: 200,
      outcome: 'answered',
    });
    expect(openai.journal()[0]).toMatchObject({
      model: 'gpt-5.2',
      system: 'You are a reviewer.',
      turns: [
        { role: 'user', text: 'Review it' },
        { role: 'tool', text: 'file text' },
      ],
      toolNames: ['read'],
    });
    expect(google.journal()[0]).toMatchObject({
      model: 'gemini-3-flash',
      system: 'You are a writer.',
      turns: [
        { role: 'user', text: 'Write it' },
        { role: 'tool', text: expect.stringContaining('done') },
      ],
      toolNames: ['write'],
    });
  });

  it('counts usage in proportion to the body it received when none is scripted', async () => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { text: 'x'.repeat(400) } });
    await ask(openai, '/v1/responses', openAiBody);
    const input = Math.ceil(JSON.stringify(openAiBody).length / 4);
    expect(sumUsage(openai.journal())).toEqual({ input, output: 100, total: input + 100 });
  });

  it('lets the newest fitting script answer, as often as it may, then the one beneath', async () => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { text: 'standing' } });
    openai.on({ answer: { text: 'once' }, times: 1 });
    openai.on({ when: (request) => request.model === 'other', answer: { text: 'never' } });
    const remove = openai.on({ answer: { text: 'removed' } });
    remove();

    expect(await ask(openai, '/v1/responses', openAiBody)).toContain('"output_text","text":"once"');
    expect(await ask(openai, '/v1/responses', openAiBody)).toContain('"output_text","text":"standing"');
  });

  it('ends a Gemini tool call with STOP, as the real API does', async () => {
    const { google } = await useSimulatedProviders();
    google.on({ answer: { toolUses: [{ name: 'write', input: { filePath: '/a' } }] } });
    const said = await ask(google, geminiPath, geminiBody);
    expect(said).toContain('"functionCall":{"name":"write","args":{"filePath":"/a"}}');
    expect(said).toContain('"finishReason":"STOP"');
  });
});

async function ask(
  provider: SimulatedProvider,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(`${provider.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return response.text();
}
