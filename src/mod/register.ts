/**
 * The mod: what Claude Code tells us of, and where it goes. Whatever of ours fails, `next(e)` does what Claude Code would
 * have done.
 *
 * The functions stand at the top level because Claude Code lets `$` be passed to nothing else.
 */
import { announce } from './announce.ts';
import { answerRequest } from './answer-request.ts';
import { answerStep } from './answer-step.ts';
import { leaveSession } from './daemon-calls.ts';
import type { On } from './engine-interface.ts';
import { hearPrompt } from './hear-prompt.ts';
import { soon } from './soon.ts';
import { isOnePrompt, prepare, remember } from './spawned-calls.ts';
import { tellQuota } from './tell-quota.ts';

const GOODBYE_LIMIT_MS = 300;

export const register = (on: On): void => {
  on('session.start', async ($, e, next) => {
    const started = await next(e);
    await announce($).catch(() => undefined);
    return started;
  });

  on('session.end', async ($, e, next) => {
    // The end of a session has no time to lose; a daemon that does not hear of it forgets by itself.
    await soon($, leaveSession($, e.sessionId), GOODBYE_LIMIT_MS);
    return next(e);
  });

  on('prompt.submit', async ($, e, next) => {
    const context = await hearPrompt($, e);
    return next(context === null ? e : { ...e, context: [...(e.context ?? []), context] });
  });

  on('session.measure', async ($, e, next) => {
    if (e.changed.includes('rateLimits') && e.rateLimits.length > 0) await tellQuota($, e.rateLimits);
    return next(e);
  });

  on('agent.spawn', async ($, e, next) => {
    // Not waited for: by the time the subagent asks, the daemon has decided and a session is open.
    if (isOnePrompt(e) && e.resume === undefined) void prepare($, e);
    const started = await next(e);
    if (started.agentId !== undefined) remember(started.agentId, e);
    return started;
  });

  on('http.fetch', async ($, e, next) => answerRequest($, e, next));

  on('turn.step', { agentId: /.+/ }, async function* ($, e, next) {
    return yield* answerStep($, e, next);
  });
};
