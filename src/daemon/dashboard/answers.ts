/** What is behind each path of the dashboard. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { Locale } from '../../core/config/pick-locale.ts';
import { liveActionSchema } from '../../protocol/live.ts';
import { errorBody, type Parsed, parseBody } from '../api/parse-body.ts';
import type { Log } from '../log/log.ts';
import { type ActServices, act } from './act.ts';
import { type Door, SESSION_MS } from './door.ts';
import { judgeRequest, type Place } from './judge-request.ts';
import { COOKIE, readFacts } from './read-facts.ts';
import { renderPage } from './render-page.ts';
import { securityHeaders } from './security-headers.ts';

export type DashboardPage = {
  /** Where the build has put it. */
  readonly folder: string;
  readonly locale: () => Promise<Locale>;
};

export type AnswerParts = {
  readonly door: Door;
  readonly place: Place;
  readonly page: DashboardPage;
  readonly services: () => ActServices;
  readonly log: Log;
};

const enterSchema = z.object({ token: z.string().max(200) });

const MOST_BYTES = 4_096;
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  'page.js': ['dashboard.js', 'text/javascript; charset=utf-8'],
  'page.css': ['dashboard.css', 'text/css; charset=utf-8'],
};

type Answer = {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly cookie?: string;
};

export function createAnswers(parts: AnswerParts) {
  const { door, place, page, log } = parts;
  const headers = securityHeaders(place.port);

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const facts = readFacts(request, door);
    const admission = judgeRequest(facts, place);
    switch (admission.kind) {
      case 'refused':
        return json(admission.status, errorBody(admission.code, 'Refused.'));
      case 'page':
        return sendPage(facts.path.slice(place.base.length), page);
      case 'session':
        return { status: 204 };
      case 'exchange':
        return exchange(door, place, await readBody(request, enterSchema));
      case 'act': {
        const body = await readBody(request, liveActionSchema);
        if (!body.ok) return json(400, body.error);
        const isDone = await act(parts.services(), body.value);
        return isDone ? json(200, {}) : json(404, errorBody('not-there', 'It is not there any more.'));
      }
      case 'live':
        return json(426, errorBody('upgrade', 'This is a WebSocket.'));
    }
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, type, body, cookie } = await answer(request).catch((error: unknown): Answer => {
      log.error({ error: String(error) }, 'dashboard request failed');
      return json(500, errorBody('internal', 'OMCM itself failed; see `omcm daemon logs`.'));
    });
    const own = { ...(type && { 'content-type': type }), ...(cookie && { 'set-cookie': cookie }) };
    // What was not read of a body that is too long is not waited for.
    const rest = request.complete ? {} : { connection: 'close' };
    response.writeHead(status, { ...headers, ...own, ...rest });
    response.end(body);
  };
}

async function sendPage(name: string, { folder, locale }: DashboardPage): Promise<Answer> {
  if (name === '') return { status: 200, type: 'text/html; charset=utf-8', body: renderPage(await locale()) };
  const [file, type] = FILES[name] ?? [];
  const body = file === undefined ? null : await readFile(join(folder, file)).catch(() => null);
  if (body === null || type === undefined)
    return json(404, errorBody('incomplete-installation', `${file} is missing.`));
  return { status: 200, type, body };
}

function exchange(door: Door, { base }: Place, body: Parsed<z.output<typeof enterSchema>>): Answer {
  const session = body.ok ? door.enter(body.value.token) : null;
  if (session === null) return json(401, errorBody('no-session', 'This token is used, or too old.'));
  const life = Math.floor(SESSION_MS / 1_000);
  const cookie = `${COOKIE}=${session}; Path=${base}; Max-Age=${life}; HttpOnly; SameSite=Strict`;
  return { ...json(200, {}), cookie };
}

async function readBody<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<Parsed<z.output<S>>> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_BYTES)
      return { ok: false, error: errorBody('too-large', `At most ${MOST_BYTES} bytes.`) };
    pieces.push(piece);
  }
  // A form of another site cannot send this type without asking first.
  if (request.headers['content-type'] !== 'application/json')
    return { ok: false, error: errorBody('not-json', 'The content type has to be application/json.') };
  return parseBody({ text: async () => Buffer.concat(pieces).toString('utf8') }, schema);
}

function json(status: number, value: object): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}
