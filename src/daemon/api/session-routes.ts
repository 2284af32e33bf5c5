/** The part of the HTTP interface that Claude Code's sessions use, whoever answers in them. */
import type { Hono } from 'hono';
import { saveContextSchema } from '../../protocol/context.ts';
import { promptToldSchema, sessionIdSchema, setSessionModeSchema } from '../../protocol/session-mode.ts';
import { sessionStartSchema } from '../../protocol/status.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody } from './parse-body.ts';
import { takes, unlessDraining } from './takes.ts';

const NO_SESSION_ID = errorBody('invalid', 'A session id has 1 to 256 characters.');

export function addSessionRoutes(app: Hono, services: DaemonServices): void {
  const { sessions } = services;
  app.post('/v1/sessions', takes(sessionStartSchema), async (c) =>
    c.json(await services.startSession(c.var.body)),
  );
  app.get('/v1/sessions', (c) => c.json(sessions.list()));
  app.use('/v1/sessions/:id/*', async (c, next) => {
    const id = sessionIdSchema.safeParse(c.req.param('id'));
    return id.success ? next() : c.json(NO_SESSION_ID, 400);
  });
  app.delete('/v1/sessions/:id', (c) => {
    sessions.end(c.req.param('id'));
    return c.json({});
  });
  app.get('/v1/sessions/:id/mode', (c) => c.json(sessions.mode(c.req.param('id'))));
  // The next daemon has read the file by the time this one drains.
  app.post('/v1/sessions/:id/mode', takes(setSessionModeSchema), unlessDraining(services), async (c) =>
    c.json(await sessions.setMode(c.req.param('id'), c.var.body)),
  );
  app.post('/v1/sessions/:id/stop', async (c) => c.json(await sessions.stop(c.req.param('id'))));
  app.post('/v1/sessions/:id/prompts', takes(promptToldSchema), async (c) =>
    c.json(await services.hearPrompt(c.req.param('id'), c.var.body)),
  );
  app.post('/v1/contexts', takes(saveContextSchema), async (c) => {
    await services.saveContext(c.var.body);
    return c.json({});
  });
}
