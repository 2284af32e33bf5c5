/** The part of the HTTP interface that is about single calls: what is decided of one, and how it is answered. */
import type { Hono } from 'hono';
import { failedOpenSchema } from '../../protocol/status.ts';
import { prepareRequestSchema, routeRequestSchema, taskRequestSchema } from '../../protocol/task.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody } from './parse-body.ts';
import { readPoll } from './poll.ts';
import { streamTask } from './stream-task.ts';
import { takes, unlessDraining } from './takes.ts';

export function addTaskRoutes(app: Hono, services: DaemonServices): void {
  app.post('/v1/route', takes(routeRequestSchema), async (c) => c.json(await services.route(c.var.body)));
  app.post('/v1/prepare', takes(prepareRequestSchema), async (c) => {
    await services.prepare(c.var.body);
    return c.json({}, 202);
  });
  app.post('/v1/failed-open', takes(failedOpenSchema), (c) => {
    services.recorder.failedOpen(c.var.body);
    return c.json({});
  });
  app.post('/v1/tasks', takes(taskRequestSchema), unlessDraining(services), async (c) => {
    const { via, sessionId } = c.var.body;
    const { task, decision } = await services.delegate(c.var.body);
    const started = { taskId: task.id, decision };
    if (c.req.query('stream') === undefined) return c.json(started);
    const told = via === 'hook' ? { notices: await services.takeNotices(sessionId) } : {};
    return streamTask(c, task, { ...started, ...told });
  });
  app.get('/v1/tasks/:id/events', async (c) => {
    const task = services.findTask(c.req.param('id'));
    if (task === undefined)
      return c.json(errorBody('no-such-task', 'This task is not known (any more).'), 404);
    const { from, waitMs } = readPoll(c.req);
    return c.json(await task.read(from, waitMs, c.req.raw.signal));
  });
  app.delete('/v1/tasks/:id', (c) => {
    services.cancelTask(c.req.param('id'));
    return c.json({});
  });
}
