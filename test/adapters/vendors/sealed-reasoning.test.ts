import { describe, expect, it, onTestFinished } from 'vitest';
import { type Model, openModel } from '../../../src/adapters/vendors/open-model.ts';
import { type StepEvent, streamStep } from '../../../src/adapters/vendors/stream-step.ts';
import { recallReasoning } from '../../../src/core/native-tools/recall-reasoning.ts';
import type { SpokenPackage } from '../../../src/core/native-tools/spoken-packages.ts';
import { listenOnLoopback } from '../../../src/simulation/listen-on-loopback.ts';

const TOOL = { name: 'Read', description: 'reads', schema: { type: 'object', properties: {} } };
const ASKED = { system: '', tools: [TOOL], toolChoice: 'auto' as const };
const QUESTION = { role: 'user' as const, content: [{ type: 'text' as const, text: 'Read it.' }] };

/** A vendor that says the same to everybody, and keeps what it was sent. */
async function useVendor(npm: SpokenPackage, chunks: readonly object[]) {
  const received: string[] = [];
  const server = await listenOnLoopback(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push(body);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join(''));
  });
  onTestFinished(() => server.close());
  const access = { provider: 'p', model: 'gpt-5.2', npm, apiKey: 'k', baseUrl: server.url, headers: {} };
  return { model: openModel(access), received };
}

async function step(model: Model, turns: Parameters<typeof streamStep>[1]['turns']) {
  const listening = { signal: new AbortController().signal, onSign: () => undefined };
  const events: StepEvent[] = [];
  for await (const event of streamStep(model, { ...ASKED, turns }, listening)) events.push(event);
  return events;
}

const usage = { input_tokens: 9, output_tokens: 3 };
const CALL = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'Read',
  arguments: '{"file":"a"}',
  status: 'completed',
};
const THOUGHT = { type: 'reasoning', id: 'rs_1', summary: [] };
const OPENAI = [
  {
    type: 'response.created',
    response: { id: 'r', created_at: 0, model: 'gpt-5.2', service_tier: 'default' },
  },
  {
    type: 'response.output_item.added',
    output_index: 0,
    item: { ...THOUGHT, encrypted_content: 'early' },
  },
  {
    type: 'response.output_item.done',
    output_index: 0,
    item: { ...THOUGHT, encrypted_content: 'sealed-thought' },
  },
  { type: 'response.output_item.added', output_index: 1, item: { ...CALL, arguments: '' } },
  { type: 'response.output_item.done', output_index: 1, item: CALL },
  { type: 'response.completed', response: { usage } },
];
const GEMINI = [
  {
    candidates: [
      {
        content: {
          role: 'model',
          parts: [
            {
              functionCall: { name: 'Read', args: { file: 'a' } },
              thoughtSignature: 'sealed-thought',
            },
          ],
        },
        finishReason: 'STOP',
      },
    ],
    usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 3, totalTokenCount: 12 },
  },
];

describe('what a model thought before a call', () => {
  it.each([
    ['@ai-sdk/openai', OPENAI],
    ['@ai-sdk/google', GEMINI],
  ] as const)('comes sealed from %s, and goes back to it with the call', async (npm, chunks) => {
    const { model, received } = await useVendor(npm, chunks);
    const call = (await step(model, [QUESTION])).find((event) => event.type === 'tool-call');
    if (call?.sealed === undefined) throw new Error('nothing was sealed');
    const { toolCallId, toolName, input, sealed } = call;
    expect(JSON.stringify(sealed)).toContain('sealed-thought');

    const said = { type: 'tool-call' as const, toolCallId, toolName, input };
    const output = { type: 'text' as const, value: 'its text' };
    const turns = [
      QUESTION,
      { role: 'assistant' as const, content: [said] },
      { role: 'tool' as const, content: [{ type: 'tool-result' as const, toolCallId, toolName, output }] },
    ];
    const find = () => ({ model: 'p/gpt-5.2', ...sealed });
    await step(model, recallReasoning(turns, 'p/gpt-5.2', find));
    await step(model, recallReasoning(turns, 'p/another', find));

    const [first, second, third] = received;
    expect(first).not.toContain('sealed-thought');
    expect(second).toContain('sealed-thought');
    expect(third, 'to another model it means nothing').not.toContain('sealed-thought');
  });
});
