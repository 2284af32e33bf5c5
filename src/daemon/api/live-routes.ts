/** The part of the HTTP interface that is for whoever looks on. */
import type { Hono } from 'hono';
import type { LivePlace } from '../../core/live/live-update.ts';
import { dashboardRequestSchema } from '../../protocol/live.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody, parseBody } from './parse-body.ts';

export function addLiveRoutes(
  app: Hono,
  { live, dashboard }: Pick<DaemonServices, 'live' | 'dashboard'>,
  maxWaitMs: number,
): void {
  app.get('/v1/live', async (c) => {
    const wait = Math.min(Math.max(0, Number(c.req.query('wait') ?? 0) || 0), maxWaitMs);
    return c.json(await live.read(placeOf(c.req.query('life'), c.req.query('seq')), wait, c.req.raw.signal));
  });
  app.post('/v1/dashboard', async (c) => {
    const body = await parseBody(c.req, dashboardRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    const { port } = body.value;
    const opened = await dashboard.open(port);
    if (opened.ok) return c.json({ url: opened.url, port: opened.port });
    return c.json(errorBody(opened.code, `Port ${port} is taken.`), 409);
  });
}

function placeOf(life: string | undefined, seq: string | undefined): LivePlace | null {
  return life === undefined || !Number.isSafeInteger(Number(seq)) ? null : { life, seq: Number(seq) };
}
