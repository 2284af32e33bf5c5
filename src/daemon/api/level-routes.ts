/** The part of the HTTP interface that is about how things stand: Claude's windows, servers, figures. */
import type { Hono } from 'hono';
import { fallbackSwitchSchema, quotaReportSchema } from '../../protocol/quota.ts';
import { recycleSchema, scaleSchema, warmSchema } from '../../protocol/status.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody } from './parse-body.ts';
import { numberOf } from './poll.ts';
import { takes } from './takes.ts';

export function addLevelRoutes(app: Hono, services: DaemonServices): void {
  app.get('/v1/status', async (c) => c.json(await services.status()));
  app.get('/v1/providers', async (c) => c.json(await services.providers()));
  app.post('/v1/quota', takes(quotaReportSchema), async (c) =>
    c.json(await services.takeReading(c.var.body)),
  );
  app.get('/v1/fallback', async (c) => c.json(await services.fallback()));
  app.post('/v1/fallback', takes(fallbackSwitchSchema), async (c) =>
    c.json(await services.setFallback(c.var.body.set)),
  );
  app.post('/v1/warm', takes(warmSchema), async (c) => {
    const problem = await services.warm(c.var.body.directory);
    return c.json({ ready: problem === null, problem });
  });
  app.post('/v1/pool/scale', takes(scaleSchema), (c) => c.json(services.scalePool(c.var.body.servers)));
  app.post('/v1/pool/recycle', takes(recycleSchema), (c) => {
    const { port = null } = c.var.body;
    const status = services.recyclePool(port);
    if (status !== null) return c.json(status);
    return c.json(errorBody('no-such-server', `No server of ours has port ${port}.`), 404);
  });
  app.get('/v1/budget', async (c) => c.json(await services.budget(c.req.query('directory'))));
  app.get('/v1/stats', (c) => c.json(services.stats(numberOf(c.req.query('recent')))));
  app.post('/v1/status-line', async (c) => {
    const columns = Number(c.req.query('columns'));
    const line = await services.statusLine(await c.req.json().catch(() => null), {
      columns: Number.isInteger(columns) && columns > 0 ? columns : null,
      colours: c.req.query('colours') !== 'no',
    });
    return line === null
      ? c.json(errorBody('wraps', 'It stands under another line.'), 409)
      : c.text(`${line}\n`);
  });
  app.get('/metrics', async (c) => {
    const { contentType, text } = await services.renderMetrics();
    return c.body(text, 200, { 'content-type': contentType });
  });
  app.get('/v1/metrics', async (c) => c.json({ metrics: await services.metrics() }));
}
