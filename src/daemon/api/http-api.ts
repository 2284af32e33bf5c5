/** The daemon's HTTP interface: one route a line, each with the schema of what it takes. */
import { Hono } from 'hono';
import { shutdownSchema } from '../../protocol/status.ts';
import { addAutopilotRoutes } from './autopilot-routes.ts';
import type { DaemonServices } from './daemon-services.ts';
import { guardRequests } from './guard-requests.ts';
import { addLevelRoutes } from './level-routes.ts';
import { addLiveRoutes } from './live-routes.ts';
import { addModelRequestRoutes } from './model-request-routes.ts';
import { addRescueRoutes } from './rescue-routes.ts';
import { addRunRoutes } from './run-routes.ts';
import { addSessionRoutes } from './session-routes.ts';
import { takes } from './takes.ts';
import { addTaskRoutes } from './task-routes.ts';

export function createHttpApi(services: DaemonServices): Hono {
  const app = new Hono();
  guardRequests(app, services);
  app.get('/v1/health', (c) => c.json(services.health()));
  addTaskRoutes(app, services);
  addModelRequestRoutes(app, services);
  addRunRoutes(app, services);
  addAutopilotRoutes(app, services);
  addSessionRoutes(app, services);
  addRescueRoutes(app, services);
  addLevelRoutes(app, services);
  addLiveRoutes(app, services);
  app.post('/v1/shutdown', takes(shutdownSchema), (c) => {
    services.shutdown(c.var.body.drain);
    return c.json({});
  });
  return app;
}
