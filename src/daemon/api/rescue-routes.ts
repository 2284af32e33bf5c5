/** The part of the HTTP interface that is about other models in Claude's place. */
import type { Hono } from 'hono';
import { setRescueSchema } from '../../protocol/rescue.ts';
import type { RescueWords } from '../native-tools/rescue-words.ts';
import { parseBody } from './parse-body.ts';

export function addRescueRoutes(app: Hono, rescues: Omit<RescueWords, 'hear'>): void {
  app.get('/v1/rescue', async (c) => c.json(await rescues.status(c.req.query('directory'))));
  app.post('/v1/sessions/:id/rescue', async (c) => {
    const body = await parseBody(c.req, setRescueSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await rescues.set(c.req.param('id'), body.value));
  });
}
