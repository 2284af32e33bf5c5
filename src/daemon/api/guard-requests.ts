/** What every request has to pass: the protocol, and how much it may hold. */
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { MAX_PROMPT_BYTES } from '../../protocol/task.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody } from './parse-body.ts';

/** Who we are and that we should go is said in the same words for ever, or no version could replace another. */
const IN_EVERY_PROTOCOL = new Set(['/v1/health', '/v1/shutdown']);

/** Asked every few seconds for as long as somebody watches; that alone shall not keep us up. */
const ONLY_LOOKS = new Set(['/metrics', '/v1/metrics', '/v1/status-line']);

const TOO_LARGE = errorBody('too-large', `A request may hold ${MAX_PROMPT_BYTES} bytes at most.`);

export function guardRequests(
  app: Hono,
  { touch, log, recorder }: Pick<DaemonServices, 'touch' | 'log' | 'recorder'>,
): void {
  app.use(async (c, next) => {
    if (!ONLY_LOOKS.has(c.req.path)) touch();
    const asked = c.req.header(PROTOCOL_HEADER) ?? String(PROTOCOL_VERSION);
    if (Number(asked) !== PROTOCOL_VERSION && !IN_EVERY_PROTOCOL.has(c.req.path)) {
      const message = `This daemon speaks protocol ${PROTOCOL_VERSION}, the client ${asked}: restart it with \`omcm daemon restart\`.`;
      return c.json(errorBody('protocol-mismatch', message), 426);
    }
    return next();
  });
  app.use(async (c, next) => {
    if (Number(c.req.header('content-length') ?? 0) <= MAX_PROMPT_BYTES) return next();
    // To the end, or a client that still sends would see a broken connection in place of the answer.
    for await (const _ of c.req.raw.body ?? []);
    return c.json(TOO_LARGE, 413);
  });
  app.use(bodyLimit({ maxSize: MAX_PROMPT_BYTES, onError: (c) => c.json(TOO_LARGE, 413) }));
  app.notFound((c) => c.json(errorBody('not-found', `There is no ${c.req.method} ${c.req.path}.`), 404));
  app.onError((error, c) => {
    log.error({ error: String(error), path: c.req.path }, 'request failed');
    recorder.problem('internal', String(error));
    return c.json(errorBody('internal', 'OMCM itself failed; see `omcm daemon logs`.'), 500);
  });
}
