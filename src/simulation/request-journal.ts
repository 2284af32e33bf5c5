// Which requests did a provider receive, and what became of each?

import type { IncomingHttpHeaders } from 'node:http';
import type { Usage } from './answer.ts';
import type { JournaledRequest, Outcome } from './journaled-request.ts';
import { parseJson } from './json.ts';
import { readWireRequest } from './read-wire-request.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

type Ending = Pick<JournaledRequest, 'status' | 'outcome'>;

export class RequestJournal {
  readonly #now: () => number;
  #requests: readonly JournaledRequest[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  all(): readonly JournaledRequest[] {
    return this.#requests;
  }

  open(received: Received): JournaledRequest {
    const request = journaled(received, this.#requests.length + 1, this.#now());
    this.#requests = [...this.#requests, request];
    return request;
  }

  promise(number: number, usage: Usage): void {
    this.#change(number, { usage });
  }

  close(number: number, status: number, outcome: Outcome): void {
    const ending: Ending = { status, outcome };
    this.#change(number, { ...ending, endedAt: this.#now() });
  }

  #change(number: number, change: Partial<JournaledRequest>): void {
    this.#requests = this.#requests.map((one) => (one.number === number ? { ...one, ...change } : one));
  }
}

function journaled(received: Received, number: number, at: number): JournaledRequest {
  const body = parseJson(received.text);
  const wire = readWireRequest(received.path, body);
  const userTexts = wire.turns.filter((turn) => turn.role === 'user').map((turn) => turn.text);
  return {
    ...wire,
    number,
    at,
    method: received.method,
    path: received.path,
    headers: plainHeaders(received.headers),
    body,
    bodyChars: received.text.length,
    userTexts,
    lastUserText: userTexts.at(-1) ?? '',
    status: 0,
    outcome: 'pending',
  };
}

function plainHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
