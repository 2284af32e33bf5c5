/**
 * One engine over the three ways to OpenCode. The core says which one a task takes, and where it falls to when that
 * one does not open; what was taken, and why, goes with the session.
 */
import type { Engine, EngineWork } from '../../core/delegation/engine.ts';
import { toFailure } from '../../core/delegation/failure.ts';
import { fallFrom, type ServerOutlook, selectStrategy } from '../../core/strategy/select-strategy.ts';
import type { SelectedStrategy, Strategy, StrategyChoice } from '../../core/strategy/strategy.ts';
import type { StrategyEngine } from '../../core/strategy/strategy-engine.ts';
import type { Log } from '../log/log.ts';
import type { Conversations } from './conversations.ts';

export type StrategyEngineOptions = {
  readonly engines: Readonly<Record<Strategy, Engine>>;
  readonly asked: () => StrategyChoice;
  readonly serverOutlook: () => ServerOutlook;
  readonly conversations: Conversations;
  readonly now: () => number;
  readonly log: Log;
};

/** An `opencode acp` that did not start is not tried again by every task. */
const ACP_REST_MS = 300_000;

export function createStrategyEngine(options: StrategyEngineOptions): StrategyEngine {
  const { engines, conversations, log, now } = options;
  let acpRestsUntil = 0;

  const select = (work: EngineWork): SelectedStrategy => {
    const place = conversations.placeOf(work.conversation);
    if (place !== null) return { strategy: strategyOf(place), reason: 'conversation', fellFrom: null };
    // No `task`: Claude Code says neither what kind a task is nor how long it will take, and a session may be
    // opened before its prompt is known. Under `spec` it is a run of unknown length.
    return selectStrategy({
      asked: options.asked(),
      server: options.serverOutlook(),
      acpAvailable: now() >= acpRestsUntil,
    });
  };

  return {
    open: async (work, signal) => {
      for (let via = select(work); ; ) {
        try {
          return { ...(await engines[via.strategy].open(work, signal)), via };
        } catch (error) {
          const problem = toFailure(error);
          if (problem.code === 'server-start-failed' && via.strategy === 'acp')
            acpRestsUntil = now() + ACP_REST_MS;
          const next = via.reason === 'conversation' ? null : fallFrom(via, problem.code);
          if (next === null || signal.aborted) throw problem;
          log.warn({ task: work.id, ...next, failure: problem }, 'takes another way to OpenCode');
          via = next;
        }
      }
    },
  };
}

/** The places of the pool are its servers'; the other two name themselves. */
function strategyOf(place: string): Strategy {
  return place === 'run' || place === 'acp' ? place : 'serve';
}
