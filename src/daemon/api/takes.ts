// What stands before a route: its body is as its schema promises, and the daemon still takes work.
import { createMiddleware } from 'hono/factory';
import type { z } from 'zod';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody, parseBody } from './parse-body.ts';

/** The route finds it as `c.var.body`. */
export function takes<S extends z.ZodType>(schema: S) {
  return createMiddleware<{ Variables: { body: z.output<S> } }>(async (c, next) => {
    const body = await parseBody(c.req, schema);
    if (!body.ok) return c.json(body.error, 400);
    c.set('body', body.value);
    return next();
  });
}

const DRAINING = errorBody('draining', 'The daemon is shutting down.');

export function unlessDraining({ health }: Pick<DaemonServices, 'health'>) {
  return createMiddleware(async (c, next) =>
    health().state === 'draining' ? c.json(DRAINING, 503) : next(),
  );
}
