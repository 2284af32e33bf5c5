// Sends one answer, or the fault that stands in its place, to the client of a simulated provider.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Fault } from './answer.ts';
import type { Outcome } from './journaled-request.ts';
import { type Vendor, wordRefusal } from './refusals.ts';

const CHUNKS_BEFORE_A_BREAK = 4;
const STREAM_HEADERS = { 'content-type': 'text/event-stream' };

export interface Sending {
  readonly vendor: Vendor;
  readonly answer: Answer;
  readonly response: ServerResponse;
  readonly render: () => Promise<IncomingMessage>;
}

export async function sendAnswer(sending: Sending): Promise<Outcome> {
  const { answer, response } = sending;
  const left = new AbortController();
  response.once('close', () => left.abort());
  if (answer.delayMs !== undefined) await pause(answer.delayMs, left.signal);
  if (left.signal.aborted) return 'left';
  return answer.fault === undefined ? sendWhole(sending) : sendFault(sending, answer.fault);
}

async function sendWhole({ answer, response, render }: Sending): Promise<Outcome> {
  const rendered = await render();
  writeHead(response, rendered, answer);
  rendered.pipe(response);
  return ending(response, rendered);
}

async function sendFault(sending: Sending, fault: Fault): Promise<Outcome> {
  const { vendor, answer, response } = sending;
  switch (fault.kind) {
    case 'hang':
      return ending(response);
    case 'stall':
    case 'drop':
      return sendBroken(sending, fault.kind, fault.afterChunks ?? CHUNKS_BEFORE_A_BREAK);
    case 'empty-body':
      return sendWords(response, 200, { ...STREAM_HEADERS, ...answer.headers }, '');
    case 'garbage-body':
      return sendWords(
        response,
        200,
        { ...STREAM_HEADERS, ...answer.headers },
        'data: {"this is": not JSON\n\n',
      );
    default: {
      const refusal = wordRefusal(vendor, fault.kind, fault.retryAfterSeconds);
      return sendWords(response, refusal.status, { ...refusal.headers, ...answer.headers }, refusal.body);
    }
  }
}

async function sendBroken(sending: Sending, kind: 'stall' | 'drop', chunks: number): Promise<Outcome> {
  const { answer, response } = sending;
  const rendered = await sending.render();
  writeHead(response, rendered, answer);
  response.write(await firstEvents(rendered, chunks));
  rendered.destroy();
  if (kind === 'stall') return ending(response);
  // Without the pause the reset overtakes what was just written.
  await pause(20);
  response.destroy();
  return 'broken';
}

async function firstEvents(rendered: IncomingMessage, count: number): Promise<string> {
  let text = '';
  for await (const piece of rendered) {
    text += String(piece);
    const events = text.split('\n\n');
    if (events.length > count) return `${events.slice(0, count).join('\n\n')}\n\n`;
  }
  return text;
}

function sendWords(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Outcome> {
  response.writeHead(status, headers);
  response.end(body);
  return ending(response);
}

function writeHead(response: ServerResponse, rendered: IncomingMessage, answer: Answer): void {
  const contentType = rendered.headers['content-type'] ?? 'application/json';
  response.writeHead(rendered.statusCode ?? 502, { 'content-type': contentType, ...answer.headers });
}

function ending(response: ServerResponse, rendered?: IncomingMessage): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = () => {
      rendered?.destroy();
      resolve(response.writableFinished ? 'answered' : 'left');
    };
    if (response.closed) settle();
    else response.once('close', settle);
  });
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
