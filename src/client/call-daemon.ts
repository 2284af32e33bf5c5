/** One call to the daemon over its socket. Loads node:http only for a call: hooks pay for every module they load. */
import type { IncomingMessage } from 'node:http';
import { isForeignPlace } from '../adapters/files/socket-place.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION, VERSION_HEADER } from '../protocol/version.ts';
import { VERSION } from '../version.ts';

export type DaemonCall = {
  readonly socketPath: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

/** `body`: the text as JSON, `null` where it is none. */
export type DaemonAnswer = { readonly status: number; readonly body: unknown; readonly text: string };

/** Nobody answers, or not in time. Any HTTP answer, also an error, is a `DaemonAnswer`. */
export class DaemonUnreachable extends Error {
  readonly code = 'daemon-unreachable';
}

export async function callDaemon(call: DaemonCall): Promise<DaemonAnswer> {
  const response = await send(call);
  let text = '';
  response.setEncoding('utf8');
  for await (const piece of response) text += piece;
  return { status: response.statusCode ?? 0, body: parse(text), text };
}

/** The daemon answered, and said no. */
export class DaemonRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The lines of a streamed answer. Leaving the loop hangs up, which cancels the task. */
export async function* streamFromDaemon(call: DaemonCall): AsyncGenerator<unknown> {
  const response = await send(call);
  response.setEncoding('utf8');
  if (response.statusCode !== 200) throw await toRefusal(response);
  let rest = '';
  for await (const piece of response) {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield parse(line);
  }
  if (rest !== '') yield parse(rest);
}

async function toRefusal(response: IncomingMessage): Promise<DaemonRefused> {
  let text = '';
  for await (const piece of response) text += piece;
  const { error } = (parse(text) ?? {}) as { error?: { code: string; message: string } };
  return new DaemonRefused(
    error?.code ?? `http-${response.statusCode}`,
    error?.message ?? text.slice(0, 200),
  );
}

function send(call: DaemonCall): Promise<IncomingMessage> {
  const { request } = process.getBuiltinModule('node:http');
  return new Promise((resolve, reject) => {
    if (isForeignPlace(call.socketPath))
      return reject(new DaemonUnreachable(`the folder of ${call.socketPath} belongs to somebody else`));
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const outgoing = request(
      {
        socketPath: call.socketPath,
        // A kept connection may lead to a daemon that nobody else can reach any more.
        agent: false,
        method: call.method ?? 'GET',
        path: call.path,
        headers: {
          host: 'omcm',
          [VERSION_HEADER]: VERSION,
          [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(call.signal === undefined ? {} : { signal: call.signal }),
      },
      resolve,
    );
    if (call.timeoutMs !== undefined) {
      outgoing.setTimeout(call.timeoutMs, () =>
        outgoing.destroy(new Error(`no answer in ${call.timeoutMs} ms`)),
      );
    }
    outgoing.on('error', (error) => reject(new DaemonUnreachable(error.message, { cause: error })));
    outgoing.end(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
