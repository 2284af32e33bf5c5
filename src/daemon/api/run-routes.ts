/** The part of the HTTP interface that is about many tasks at once, and what they may take. */
import type { Hono } from 'hono';
import { describeCheck } from '../../core/budget/describe-check.ts';
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import { askRequestSchema } from '../../protocol/ask.ts';
import { runRequestSchema } from '../../protocol/run.ts';
import { describePlanProblems } from '../runs/describe-plan-problems.ts';
import type { DaemonServices } from './daemon-services.ts';
import { describeUnknownModels } from './describe-unknown-models.ts';
import { errorBody } from './parse-body.ts';
import { readPoll } from './poll.ts';
import { takes, unlessDraining } from './takes.ts';

const NO_SUCH_RUN = errorBody('no-such-run', 'This run is not known (any more).');

export function addRunRoutes(app: Hono, services: DaemonServices): void {
  const { runs } = services;
  app.get('/v1/runs', (c) => c.json({ runs: runs.list() }));
  app.post('/v1/runs/check', takes(runRequestSchema), async (c) =>
    c.json(await services.checkRun(c.var.body)),
  );
  app.post('/v1/runs', takes(runRequestSchema), unlessDraining(services), async (c) => {
    const admission = await services.admitRun(c.var.body);
    if (admission.kind === 'refused') return c.json(overBudget(admission.check), 409);
    const run = runs.start(admission.request);
    if ('read' in run) return c.json({ runId: run.id });
    return c.json(errorBody('invalid', describePlanProblems(run)), 400);
  });
  app.get('/v1/runs/:id/events', async (c) => {
    const run = runs.find(c.req.param('id'));
    if (run === undefined) return c.json(NO_SUCH_RUN, 404);
    const { from, waitMs } = readPoll(c.req);
    return c.json(await run.read(from, waitMs, c.req.raw.signal));
  });
  app.delete('/v1/runs/:id/:task?', (c) => {
    const run = runs.find(c.req.param('id'));
    if (run === undefined) return c.json(NO_SUCH_RUN, 404);
    const task = c.req.param('task');
    if (run.cancel(task)) return c.json({ run: run.summary() });
    return c.json(errorBody('no-such-task', `The run has no task "${task}".`), 404);
  });
  app.post('/v1/ask/check', takes(askRequestSchema), async (c) =>
    c.json(await services.checkAsk(c.var.body)),
  );
  app.post('/v1/ask', takes(askRequestSchema), unlessDraining(services), async (c) => {
    const asked = await services.ask(c.var.body);
    if (asked.kind === 'asked') return c.json(asked.started);
    if (asked.kind === 'over-budget') return c.json(overBudget(asked.check.check), 409);
    return c.json(errorBody('unknown-model', describeUnknownModels(asked.check)), 400);
  });
}

/** With the figures, for whoever asks the user about them. */
function overBudget(check: BudgetCheck): object {
  return { ...errorBody('over-budget', describeCheck(check)), ...check };
}
