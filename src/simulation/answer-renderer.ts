// Puts an answer into the wire format that a request asks for. aimock does the rendering; it finds the answer
// to a request by the context header, since its own matching never sees the request's real headers.

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { LLMock } from '@copilotkit/aimock';
import type { Answer, Usage } from './answer.ts';
import type { Received } from './request-journal.ts';

const CHUNKS_PER_ANSWER = 12;
const SMALLEST_CHUNK_CHARS = 16;

export interface AnswerRenderer {
  readonly render: (received: Received, answer: Answer, usage: Usage) => Promise<IncomingMessage>;
  readonly stop: () => Promise<void>;
}

export async function startAnswerRenderer(): Promise<AnswerRenderer> {
  const mock = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent', journalMaxEntries: 1 });
  const url = await mock.start();
  let rendered = 0;
  let inFlight = 0;
  return {
    async render(received, answer, usage) {
      if (inFlight === 0) mock.clearFixtures();
      inFlight += 1;
      rendered += 1;
      const context = String(rendered);
      mock.addFixture({ match: { context }, ...fixtureOf(answer, usage, received.path) });
      return forward(new URL(received.path, url), received, context).finally(() => {
        inFlight -= 1;
      });
    },
    stop: () => mock.stop(),
  };
}

function fixtureOf(answer: Answer, usage: Usage, path: string) {
  const text = answer.text ?? '';
  const toolCalls = (answer.toolUses ?? []).map((use) => ({
    name: use.name,
    arguments: JSON.stringify(use.input),
  }));
  const said =
    toolCalls.length === 0 ? { content: text } : text === '' ? { toolCalls } : { content: text, toolCalls };
  const evenChunk = Math.max(SMALLEST_CHUNK_CHARS, Math.ceil(text.length / CHUNKS_PER_ANSWER));
  return {
    response: {
      ...said,
      ...finishOf(path, toolCalls.length > 0),
      usage: { input_tokens: usage.input, output_tokens: usage.output },
    },
    chunkSize: answer.chunkChars ?? evenChunk,
    latency: answer.chunkDelayMs ?? 0,
  };
}

/** aimock ends a Gemini tool call with FUNCTION_CALL; the real API says STOP, and OpenCode loops on anything else. */
function finishOf(path: string, callsTools: boolean): { readonly finishReason?: string } {
  return callsTools && path.includes(':') ? { finishReason: 'STOP' } : {};
}

function forward(url: URL, received: Received, context: string): Promise<IncomingMessage> {
  const {
    'content-length': _length,
    'transfer-encoding': _coding,
    connection: _connection,
    ...kept
  } = received.headers;
  return new Promise((resolve, reject) => {
    const headers = { ...kept, host: url.host, 'x-aimock-context': context };
    // A kept connection may be closed by the other side in the moment it is used again.
    const request = httpRequest(url, { method: received.method, headers, agent: false }, resolve);
    request.once('error', reject);
    request.end(received.text);
  });
}
