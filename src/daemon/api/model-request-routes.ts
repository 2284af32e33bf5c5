/** The part of the HTTP interface that answers single requests of Claude Code's to a model. */
import type { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { asksItsVendor } from '../../core/native-tools/asks-its-vendor.ts';
import {
  AGENT_HEADER,
  messagesBodySchema,
  parseRefusedStep,
  REFUSED_HEADER,
  TOLD_HEADER,
} from '../../protocol/model-request.ts';
import type { DaemonServices } from './daemon-services.ts';
import { errorBody } from './parse-body.ts';
import { takes, unlessDraining } from './takes.ts';

const FOR_CLAUDE = errorBody('for-claude', 'Claude answers this step.');

export function addModelRequestRoutes(app: Hono, services: DaemonServices): void {
  app.post('/v1/messages', takes(messagesBodySchema), unlessDraining(services), async (c) => {
    const { body } = c.var;
    if (asksItsVendor(body)) return c.json(FOR_CLAUDE, 409);
    const refused = parseRefusedStep(c.req.header(REFUSED_HEADER) ?? '');
    const { signal } = c.req.raw;
    const { answer, told } =
      refused === null
        ? { answer: await services.answerStep(c.req.header(AGENT_HEADER) ?? '', body, signal), told: null }
        : await services.rescues.step(refused, body, signal);
    if (told !== null) c.header(TOLD_HEADER, encodeURIComponent(told));
    if (answer === null) return c.json(FOR_CLAUDE, 409);
    c.header('content-type', 'text/event-stream');
    return stream(c, async (out) => {
      for await (const event of answer) await out.write(event);
    });
  });
  app.get('/v1/agents/:id/last-step', async (c) => {
    const tokens = await services.lastStepOf(c.req.param('id'));
    if (tokens === null) return c.json(errorBody('no-such-agent', 'No step of this subagent is known.'), 404);
    return c.json(tokens);
  });
}
