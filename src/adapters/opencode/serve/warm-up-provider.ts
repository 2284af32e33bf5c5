/**
 * A model that answers "ok" from inside this process. The first prompt in a directory costs OpenCode
 * one to three seconds, whatever the model; spending it on this one keeps it from the first real task.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WarmUpProvider = { readonly url: string; close(): Promise<void> };

const chunk = (delta: object, finish: string | null, usage?: object) =>
  `data: ${JSON.stringify({
    id: 'warm',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'warm',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...(usage ? { usage } : {}),
  })}\n\n`;

const ANSWER = [
  chunk({ role: 'assistant', content: 'ok' }, null),
  chunk({}, 'stop', { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }),
  'data: [DONE]\n\n',
].join('');

export async function startWarmUpProvider(): Promise<WarmUpProvider> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(ANSWER);
    });
  });
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
