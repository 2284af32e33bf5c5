/** The daemon's HTTP interface: one route a line, each with the schema of what it takes. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { stream } from 'hono/streaming';
import { describeCheck } from '../../core/budget/describe-check.ts';
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import { asksItsVendor } from '../../core/native-tools/asks-its-vendor.ts';
import { askRequestSchema } from '../../protocol/ask.ts';
import { saveContextSchema } from '../../protocol/context.ts';
import {
  AGENT_HEADER,
  messagesBodySchema,
  parseRefusedStep,
  REFUSED_HEADER,
  TOLD_HEADER,
} from '../../protocol/model-request.ts';
import { fallbackSwitchSchema, quotaReportSchema } from '../../protocol/quota.ts';
import { runRequestSchema } from '../../protocol/run.ts';
import { promptToldSchema, sessionIdSchema, setSessionModeSchema } from '../../protocol/session-mode.ts';
import {
  failedOpenSchema,
  recycleSchema,
  scaleSchema,
  sessionStartSchema,
  shutdownSchema,
  warmSchema,
} from '../../protocol/status.ts';
import {
  MAX_PROMPT_BYTES,
  prepareRequestSchema,
  routeRequestSchema,
  taskRequestSchema,
} from '../../protocol/task.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../protocol/version.ts';
import { describePlanProblems } from '../runs/describe-plan-problems.ts';
import { addAutopilotRoutes } from './autopilot-routes.ts';
import type { DaemonServices } from './daemon-services.ts';
import { describeUnknownModels } from './describe-unknown-models.ts';
import { addLiveRoutes } from './live-routes.ts';
import { errorBody, parseBody } from './parse-body.ts';
import { addRescueRoutes } from './rescue-routes.ts';
import { streamTask } from './stream-task.ts';

/** Longest wait of one poll: well under the limits of what lies between, and the client asks again at once. */
const MAX_WAIT_MS = 25_000;

/** Who we are and that we should go is said in the same words for ever, or no version could replace another. */
const IN_EVERY_PROTOCOL = new Set(['/v1/health', '/v1/shutdown']);

/** Asked every few seconds for as long as somebody watches; that alone shall not keep us up. */
const ONLY_LOOKS = new Set(['/metrics', '/v1/metrics', '/v1/status-line']);

const DRAINING = errorBody('draining', 'The daemon is shutting down.');
const NO_SESSION_ID = errorBody('invalid', 'A session id has 1 to 256 characters.');
const NO_SUCH_RUN = errorBody('no-such-run', 'This run is not known (any more).');
const FOR_CLAUDE = errorBody('for-claude', 'Claude answers this step.');
const TOO_LARGE = errorBody('too-large', `A request may hold ${MAX_PROMPT_BYTES} bytes at most.`);

export function createHttpApi(services: DaemonServices): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    if (!ONLY_LOOKS.has(c.req.path)) services.touch();
    const asked = c.req.header(PROTOCOL_HEADER) ?? String(PROTOCOL_VERSION);
    if (Number(asked) !== PROTOCOL_VERSION && !IN_EVERY_PROTOCOL.has(c.req.path)) {
      const message = `This daemon speaks protocol ${PROTOCOL_VERSION}, the client ${asked}: restart it with \`omcm daemon restart\`.`;
      return c.json(errorBody('protocol-mismatch', message), 426);
    }
    return next();
  });
  app.use(async (c, next) => {
    if (Number(c.req.header('content-length') ?? 0) <= MAX_PROMPT_BYTES) return next();
    // To the end, or a client that still sends would see a broken connection in place of the answer.
    for await (const _ of c.req.raw.body ?? []);
    return c.json(TOO_LARGE, 413);
  });
  app.use(bodyLimit({ maxSize: MAX_PROMPT_BYTES, onError: (c) => c.json(TOO_LARGE, 413) }));
  app.notFound((c) => c.json(errorBody('not-found', `There is no ${c.req.method} ${c.req.path}.`), 404));
  app.onError((error, c) => {
    services.log.error({ error: String(error), path: c.req.path }, 'request failed');
    services.recorder.problem('internal', String(error));
    return c.json(errorBody('internal', 'OMCM itself failed; see `omcm daemon logs`.'), 500);
  });

  app.get('/v1/health', (c) => c.json(services.health()));
  app.get('/v1/status', async (c) => c.json(await services.status()));
  app.get('/v1/providers', async (c) => c.json(await services.providers()));
  app.post('/v1/sessions', async (c) => {
    const body = await parseBody(c.req, sessionStartSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await services.startSession(body.value));
  });
  app.get('/v1/sessions', (c) => c.json(services.sessions.list()));
  app.use('/v1/sessions/:id/*', async (c, next) => {
    const id = sessionIdSchema.safeParse(c.req.param('id'));
    return id.success ? next() : c.json(NO_SESSION_ID, 400);
  });
  app.delete('/v1/sessions/:id', (c) => {
    services.sessions.end(c.req.param('id'));
    return c.json({});
  });
  app.get('/v1/sessions/:id/mode', (c) => c.json(services.sessions.mode(c.req.param('id'))));
  app.post('/v1/sessions/:id/mode', async (c) => {
    const body = await parseBody(c.req, setSessionModeSchema);
    if (!body.ok) return c.json(body.error, 400);
    // The next daemon has read the file by now.
    if (services.health().state === 'draining') return c.json(DRAINING, 503);
    return c.json(await services.sessions.setMode(c.req.param('id'), body.value));
  });
  app.post('/v1/sessions/:id/stop', async (c) => c.json(await services.sessions.stop(c.req.param('id'))));
  app.post('/v1/sessions/:id/prompts', async (c) => {
    const body = await parseBody(c.req, promptToldSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await services.hearPrompt(c.req.param('id'), body.value));
  });
  app.post('/v1/quota', async (c) => {
    const body = await parseBody(c.req, quotaReportSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await services.takeReading(body.value));
  });
  app.post('/v1/contexts', async (c) => {
    const body = await parseBody(c.req, saveContextSchema);
    if (!body.ok) return c.json(body.error, 400);
    await services.saveContext(body.value);
    return c.json({});
  });
  app.get('/v1/fallback', async (c) => c.json(await services.fallback()));
  app.post('/v1/fallback', async (c) => {
    const body = await parseBody(c.req, fallbackSwitchSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await services.setFallback(body.value.set));
  });
  app.post('/v1/warm', async (c) => {
    const body = await parseBody(c.req, warmSchema);
    if (!body.ok) return c.json(body.error, 400);
    const problem = await services.warm(body.value.directory);
    return c.json({ ready: problem === null, problem });
  });
  app.post('/v1/pool/scale', async (c) => {
    const body = await parseBody(c.req, scaleSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(services.scalePool(body.value.servers));
  });
  app.post('/v1/pool/recycle', async (c) => {
    const body = await parseBody(c.req, recycleSchema);
    if (!body.ok) return c.json(body.error, 400);
    const { port = null } = body.value;
    const status = services.recyclePool(port);
    if (status === null)
      return c.json(errorBody('no-such-server', `No server of ours has port ${port}.`), 404);
    return c.json(status);
  });
  app.post('/v1/failed-open', async (c) => {
    const body = await parseBody(c.req, failedOpenSchema);
    if (!body.ok) return c.json(body.error, 400);
    services.recorder.failedOpen(body.value);
    return c.json({});
  });
  app.post('/v1/route', async (c) => {
    const body = await parseBody(c.req, routeRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await services.route(body.value));
  });
  app.post('/v1/prepare', async (c) => {
    const body = await parseBody(c.req, prepareRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    await services.prepare(body.value);
    return c.json({}, 202);
  });
  app.post('/v1/tasks', async (c) => {
    const body = await parseBody(c.req, taskRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    if (services.health().state === 'draining') return c.json(DRAINING, 503);
    const { task, decision } = await services.delegate(body.value);
    if (c.req.query('stream') !== undefined) {
      const told =
        body.value.via === 'hook' ? { notices: await services.takeNotices(body.value.sessionId) } : {};
      return streamTask(c, task, { taskId: task.id, decision, ...told });
    }
    return c.json({ taskId: task.id, decision });
  });
  app.post('/v1/messages', async (c) => {
    const body = await parseBody(c.req, messagesBodySchema);
    if (!body.ok) return c.json(body.error, 400);
    if (services.health().state === 'draining') return c.json(DRAINING, 503);
    if (asksItsVendor(body.value)) return c.json(FOR_CLAUDE, 409);
    const refused = parseRefusedStep(c.req.header(REFUSED_HEADER) ?? '');
    const { signal } = c.req.raw;
    const { answer, told } =
      refused === null
        ? {
            answer: await services.answerStep(c.req.header(AGENT_HEADER) ?? '', body.value, signal),
            told: null,
          }
        : await services.rescues.step(refused, body.value, signal);
    if (told !== null) c.header(TOLD_HEADER, encodeURIComponent(told));
    if (answer === null) return c.json(FOR_CLAUDE, 409);
    c.header('content-type', 'text/event-stream');
    return stream(c, async (out) => {
      for await (const event of answer) await out.write(event);
    });
  });
  app.get('/v1/agents/:id/last-step', (c) => {
    const tokens = services.lastStepOf(c.req.param('id'));
    if (tokens === null) return c.json(errorBody('no-such-agent', 'No step of this subagent is known.'), 404);
    return c.json(tokens);
  });
  app.get('/v1/tasks/:id/events', async (c) => {
    const task = services.findTask(c.req.param('id'));
    if (task === undefined)
      return c.json(errorBody('no-such-task', 'This task is not known (any more).'), 404);
    const wait = Math.min(numberOf(c.req.query('wait')), MAX_WAIT_MS);
    return c.json(await task.read(numberOf(c.req.query('from')), wait, c.req.raw.signal));
  });
  app.delete('/v1/tasks/:id', (c) => {
    services.findTask(c.req.param('id'))?.cancel();
    return c.json({});
  });
  app.post('/v1/ask/check', async (c) => {
    const body = await parseBody(c.req, askRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await services.checkAsk(body.value));
  });
  app.post('/v1/ask', async (c) => {
    const body = await parseBody(c.req, askRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    if (services.health().state === 'draining') return c.json(DRAINING, 503);
    const asked = await services.ask(body.value);
    if (asked.kind === 'asked') return c.json(asked.started);
    if (asked.kind === 'over-budget') return c.json(overBudget(asked.check.check), 409);
    return c.json(errorBody('unknown-model', describeUnknownModels(asked.check)), 400);
  });
  app.get('/v1/runs', (c) => c.json({ runs: services.runs.list() }));
  app.post('/v1/runs/check', async (c) => {
    const body = await parseBody(c.req, runRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    return c.json(await services.checkRun(body.value));
  });
  app.get('/v1/budget', async (c) => c.json(await services.budget(c.req.query('directory'))));
  app.post('/v1/runs', async (c) => {
    const body = await parseBody(c.req, runRequestSchema);
    if (!body.ok) return c.json(body.error, 400);
    if (services.health().state === 'draining') return c.json(DRAINING, 503);
    const admission = await services.admitRun(body.value);
    if (admission.kind === 'refused') return c.json(overBudget(admission.check), 409);
    const run = services.runs.start(admission.request);
    if ('read' in run) return c.json({ runId: run.id });
    return c.json(errorBody('invalid', describePlanProblems(run)), 400);
  });
  app.get('/v1/runs/:id/events', async (c) => {
    const run = services.runs.find(c.req.param('id'));
    if (run === undefined) return c.json(NO_SUCH_RUN, 404);
    const wait = Math.min(numberOf(c.req.query('wait')), MAX_WAIT_MS);
    return c.json(await run.read(numberOf(c.req.query('from')), wait, c.req.raw.signal));
  });
  app.delete('/v1/runs/:id/:task?', (c) => {
    const run = services.runs.find(c.req.param('id'));
    if (run === undefined) return c.json(NO_SUCH_RUN, 404);
    const task = c.req.param('task');
    if (run.cancel(task)) return c.json({ run: run.summary() });
    return c.json(errorBody('no-such-task', `The run has no task "${task}".`), 404);
  });
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
  addRescueRoutes(app, services.rescues);
  addLiveRoutes(app, services, MAX_WAIT_MS);
  addAutopilotRoutes(app, services.autopilots, () => services.health().state === 'draining');
  app.post('/v1/shutdown', async (c) => {
    const body = await parseBody(c.req, shutdownSchema);
    if (!body.ok) return c.json(body.error, 400);
    services.shutdown(body.value.drain);
    return c.json({});
  });
  return app;
}

/** With the figures, for whoever asks the user about them. */
function overBudget(check: BudgetCheck): object {
  return { ...errorBody('over-budget', describeCheck(check)), ...check };
}

function numberOf(text: string | undefined): number {
  const value = Number(text ?? 0);
  return Number.isFinite(value) && value > 0 ? value : 0;
}
