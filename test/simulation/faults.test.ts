import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/simulation/answer.ts';
import type { SimulatedProvider } from '../../src/simulation/simulated-provider.ts';
import { useSimulatedProviders } from '../support/use-simulation.ts';

const body = JSON.stringify({ model: 'gpt-5.2', stream: true, input: 'hello' });
const longText = 'a word or two '.repeat(20);

describe('a scripted fault', () => {
  it.each([
    [{ kind: 'rate-limit', retryAfterSeconds: 7 }, 429, 'rate_limit_exceeded', '7'],
    [{ kind: 'quota-exhausted' }, 429, 'insufficient_quota', null],
    [{ kind: 'server-error' }, 500, 'server_error', null],
    [{ kind: 'overloaded' }, 503, 'overloaded', null],
    [{ kind: 'refused-key' }, 401, 'invalid_api_key', null],
  ] satisfies readonly [Fault, number, string, string | null][])(
    'refuses as the vendor does: %o',
    async (fault, status, word, retryAfter) => {
      const { openai } = await useSimulatedProviders();
      openai.on({ answer: { fault } });
      const response = await post(openai);
      expect(response.status).toBe(status);
      expect(await response.text()).toContain(word);
      expect(response.headers.get('retry-after')).toBe(retryAfter);
      expect(openai.journal()[0]).toMatchObject({ status, outcome: 'answered' });
    },
  );

  it('speaks of a spent quota in Anthropic and in Google words too', async () => {
    const { anthropic, google } = await useSimulatedProviders();
    for (const provider of [anthropic, google])
      provider.on({ answer: { fault: { kind: 'quota-exhausted' } } });
    expect(await (await post(anthropic)).json()).toMatchObject({ error: { type: 'rate_limit_error' } });
    expect(await (await post(google)).json()).toMatchObject({ error: { status: 'RESOURCE_EXHAUSTED' } });
  });

  it.each([
    ['empty-body', ''],
    ['garbage-body', 'not JSON'],
  ] as const)('answers 200 with an %s', async (kind, part) => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { fault: { kind } } });
    const response = await post(openai);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const text = await response.text();
    expect(text).toContain(part);
    expect(text.length > 0).toBe(part.length > 0);
  });

  it('hangs: takes the request and sends nothing until the client leaves', async () => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { fault: { kind: 'hang' } } });
    await expect(post(openai, AbortSignal.timeout(150))).rejects.toThrow();
    await expect.poll(() => openai.journal()[0]).toMatchObject({ status: 0, outcome: 'left' });
  });

  it('stalls: sends the first chunks and nothing after them', async () => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { text: longText, fault: { kind: 'stall', afterChunks: 6 } } });
    const response = await post(openai, AbortSignal.timeout(300));
    await expect(readAll(response)).resolves.toMatchObject({
      ended: false,
      text: expect.stringContaining('a word'),
    });
    await expect.poll(() => openai.journal()[0]?.outcome).toBe('left');
  });

  it('drops: sends the first chunks and breaks the connection', async () => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { text: longText, fault: { kind: 'drop', afterChunks: 6 } } });
    const response = await post(openai);
    const { ended, text } = await readAll(response);
    expect(ended).toBe(false);
    expect(text).toContain('a word');
    expect(text).not.toContain('response.completed');
    await expect.poll(() => openai.journal()[0]).toMatchObject({ status: 200, outcome: 'broken' });
  });

  it('waits before its answer as long as it was told', async () => {
    const { openai } = await useSimulatedProviders();
    openai.on({ answer: { text: 'late', delayMs: 200 } });
    await (await post(openai)).text();
    const [request] = openai.journal();
    expect((request?.endedAt ?? 0) - (request?.at ?? 0)).toBeGreaterThanOrEqual(195);
  });
});

function post(provider: SimulatedProvider, signal?: AbortSignal): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  return fetch(`${provider.url}/v1/responses`, signal === undefined ? init : { ...init, signal });
}

async function readAll(response: Response): Promise<{ readonly ended: boolean; readonly text: string }> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    return { ended: true, text };
  } catch {
    return { ended: false, text };
  }
}
