// One model provider on loopback: real HTTP, scripted answers, and a journal of what it really received.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { type AnswerRenderer, startAnswerRenderer } from './answer-renderer.ts';
import type { JournaledRequest } from './journaled-request.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { proportionalUsage } from './proportional-usage.ts';
import type { Vendor } from './refusals.ts';
import { type Received, RequestJournal } from './request-journal.ts';
import { sendAnswer } from './send-answer.ts';

export interface Script {
  /** Left out: answers every request. */
  readonly when?: (request: JournaledRequest) => boolean;
  readonly answer: Answer | ((request: JournaledRequest) => Answer);
  /** Left out: answers as often as asked. */
  readonly times?: number;
}

export interface SimulatedProvider {
  readonly vendor: Vendor;
  readonly url: string;
  readonly journal: () => readonly JournaledRequest[];
  /** The newest script that fits answers, so a fault can be laid over a standing script. Returns its removal. */
  readonly on: (script: Script) => () => void;
  readonly stop: () => Promise<void>;
}

export async function startSimulatedProvider(vendor: Vendor): Promise<SimulatedProvider> {
  const journal = new RequestJournal();
  const scripts = new ScriptStack();
  const renderer = await startAnswerRenderer();
  const server = await listenOnLoopback((request, response) => {
    receive(request)
      .then((received) => respond({ vendor, journal, scripts, renderer }, received, response))
      .catch(() => response.destroy());
  });
  return {
    vendor,
    url: server.url,
    journal: () => journal.all(),
    on: (script) => scripts.add(script),
    async stop() {
      await server.close();
      await renderer.stop();
    },
  };
}

interface Parts {
  readonly vendor: Vendor;
  readonly journal: RequestJournal;
  readonly scripts: ScriptStack;
  readonly renderer: AnswerRenderer;
}

async function respond(parts: Parts, received: Received, response: ServerResponse): Promise<void> {
  // Claude Code looks with a HEAD whether somebody is there: no question to a model.
  if (received.method !== 'POST') {
    response.writeHead(received.method === 'HEAD' ? 200 : 404).end();
    return;
  }
  const request = parts.journal.open(received);
  const answer = parts.scripts.answerTo(request);
  const usage = answer.usage ?? proportionalUsage(request.bodyChars, answer);
  if (answer.fault === undefined) parts.journal.promise(request.number, usage);
  const outcome = await sendAnswer({
    vendor: parts.vendor,
    answer,
    response,
    render: () => parts.renderer.render(received, answer, usage),
  });
  parts.journal.close(request.number, response.headersSent ? response.statusCode : 0, outcome);
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    path: request.url ?? '/',
    headers: request.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

class ScriptStack {
  readonly #scripts: { readonly script: Script; left: number }[] = [];

  add(script: Script): () => void {
    const entry = { script, left: script.times ?? Number.POSITIVE_INFINITY };
    this.#scripts.unshift(entry);
    return () => {
      entry.left = 0;
    };
  }

  answerTo(request: JournaledRequest): Answer {
    const entry = this.#scripts.find(({ script, left }) => left > 0 && (script.when?.(request) ?? true));
    if (entry === undefined) return { text: `Nothing is scripted for this request to ${request.model}.` };
    entry.left -= 1;
    const { answer } = entry.script;
    return typeof answer === 'function' ? answer(request) : answer;
  }
}
