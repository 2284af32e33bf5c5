/** The part of the HTTP interface that is about other models in Claude's place. */
import type { Hono } from 'hono';
import { setRescueSchema } from '../../protocol/rescue.ts';
import type { DaemonServices } from './daemon-services.ts';
import { takes } from './takes.ts';

export function addRescueRoutes(app: Hono, { rescues }: Pick<DaemonServices, 'rescues'>): void {
  app.get('/v1/rescue', async (c) => c.json(await rescues.status(c.req.query('directory'))));
  app.post('/v1/sessions/:id/rescue', takes(setRescueSchema), async (c) =>
    c.json(await rescues.set(c.req.param('id'), c.var.body)),
  );
}
