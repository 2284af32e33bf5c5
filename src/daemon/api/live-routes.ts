/** The part of the HTTP interface that is for whoever looks on. */
import type { Hono } from 'hono';
import type { LivePlace } from '../../core/live/live-update.ts';
import { dashboardRequestSchema } from '../../protocol/live.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody } from './parse-body.ts';
import { readPoll } from './poll.ts';
import { takes } from './takes.ts';

export function addLiveRoutes(
  app: Hono,
  { live, dashboard }: Pick<DaemonServices, 'live' | 'dashboard'>,
): void {
  app.get('/v1/live', async (c) => {
    const place = placeOf(c.req.query('life'), c.req.query('seq'));
    return c.json(await live.read(place, readPoll(c.req).waitMs, c.req.raw.signal));
  });
  app.post('/v1/dashboard', takes(dashboardRequestSchema), async (c) => {
    const { port } = c.var.body;
    const opened = await dashboard.open(port);
    if (opened.ok) return c.json({ url: opened.url, port: opened.port });
    return c.json(errorBody(opened.code, `Port ${port} is taken.`), 409);
  });
}

function placeOf(life: string | undefined, seq: string | undefined): LivePlace | null {
  return life === undefined || !Number.isSafeInteger(Number(seq)) ? null : { life, seq: Number(seq) };
}
