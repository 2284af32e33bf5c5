/** The part of the HTTP interface that is about autopilots. */
import type { Context, Hono } from 'hono';
import {
  autopilotStartSchema,
  roundRequestSchema,
  type TurnEnding,
  verdictRequestSchema,
} from '../../protocol/autopilot.ts';
import type { AutopilotAnswer, AutopilotRefusal } from '../runs/autopilots.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody } from './parse-body.ts';
import { takes, unlessDraining } from './takes.ts';

const STATUS: Readonly<Record<AutopilotRefusal, 400 | 404 | 409>> = {
  invalid: 400,
  'no-autopilot': 404,
  'autopilot-running': 409,
  'has-ended': 409,
  'round-open': 409,
  'round-running': 409,
  'over-budget': 409,
};

export function addAutopilotRoutes(app: Hono, services: DaemonServices): void {
  const { autopilots } = services;
  app.get('/v1/autopilots', (c) => c.json({ autopilots: autopilots.list() }));
  app.post('/v1/autopilots', takes(autopilotStartSchema), async (c) =>
    answer(c, await autopilots.begin(c.var.body)),
  );
  app.get('/v1/autopilots/:session', async (c) => answer(c, await autopilots.find(c.req.param('session'))));
  app.post('/v1/autopilots/:session/rounds', takes(roundRequestSchema), unlessDraining(services), async (c) =>
    answer(c, await autopilots.beginRound(c.req.param('session'), c.var.body)),
  );
  app.post('/v1/autopilots/:session/verdict', takes(verdictRequestSchema), async (c) =>
    answer(c, await autopilots.judgeRound(c.req.param('session'), c.var.body)),
  );
  app.post('/v1/autopilots/:session/turn-ending', async (c) =>
    c.json({ hold: await autopilots.holdTurn(c.req.param('session')) } satisfies TurnEnding),
  );
  app.delete('/v1/autopilots/:session', async (c) =>
    answer(c, await autopilots.stop(c.req.param('session'))),
  );
}

function answer(c: Context, given: AutopilotAnswer) {
  if (given.ok) return c.json({ autopilot: given.autopilot });
  return c.json(errorBody(given.code, given.message), STATUS[given.code]);
}
