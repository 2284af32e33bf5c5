// Which of the three ways to OpenCode does a task take?
//
//   asked for        what is there                    taken
//   auto, serve      a server runs or can start       serve
//                    none can start                   run     (a fall)
//   run              —                                run
//   acp              ACP is there                     acp
//                    it is not                        as serve (a fall)
//   spec             the seed's section 6.1, to the letter
//
// What was taken and does not start falls in the same way: from acp to serve, from serve to run.
//
// A warm server beats a cold process whatever the length of the task, so `auto` does not look at it; `spec` does.

import type { FailureCode } from '../delegation/failure.ts';
import type { SelectedStrategy, Strategy, StrategyChoice, StrategyReason } from './strategy.ts';

/** `startable` means that nothing is known against it; `unavailable`, that a start has just failed. */
export type ServerOutlook = 'running' | 'startable' | 'unavailable';

export type StrategyQuestion = {
  readonly asked: StrategyChoice;
  readonly server: ServerOutlook;
  readonly acpAvailable: boolean;
  /** Read by `spec` alone. */
  readonly task?: SpecTask;
};

/** A task as the seed describes it. */
export type SpecTask = {
  readonly type: Strategy;
  /** Left out: nobody knows, and it counts as long. */
  readonly estimatedMs?: number;
};

const SHORT_MS = 30_000;
const UNKNOWN_TASK: SpecTask = { type: 'run' };

export function selectStrategy(question: StrategyQuestion): SelectedStrategy {
  switch (question.asked) {
    case 'auto':
    case 'serve':
      return selectServer(question.server);
    case 'run':
      return take('run', 'asked');
    case 'acp':
      return question.acpAvailable ? take('acp', 'asked') : withoutAcp(question.server);
    case 'spec':
      return selectAsSpecified(question.task ?? UNKNOWN_TASK, question);
  }
}

/** Where a task goes after this way to OpenCode did not open; `null` where no other would. */
export function fallFrom({ strategy }: SelectedStrategy, code: FailureCode): SelectedStrategy | null {
  if (code !== 'server-start-failed') return null;
  switch (strategy) {
    case 'acp':
      return fall('acp', 'serve', 'acp-start-failed');
    case 'serve':
      return fall('serve', 'run', 'server-start-failed');
    case 'run':
      return null;
  }
}

function selectServer(server: ServerOutlook): SelectedStrategy {
  switch (server) {
    case 'running':
      return take('serve', 'server-running');
    case 'startable':
      return take('serve', 'server-can-start');
    case 'unavailable':
      return fall('serve', 'run', 'no-server');
  }
}

function withoutAcp(server: ServerOutlook): SelectedStrategy {
  return server === 'unavailable'
    ? fall('acp', 'run', 'acp-unavailable-and-no-server')
    : fall('acp', 'serve', 'acp-unavailable');
}

function selectAsSpecified(
  { type, estimatedMs }: SpecTask,
  { server, acpAvailable }: StrategyQuestion,
): SelectedStrategy {
  switch (type) {
    case 'run':
      return estimatedMs !== undefined && estimatedMs < SHORT_MS
        ? take('run', 'spec-short-run')
        : take('serve', 'spec-long-run');
    case 'serve':
      return server === 'running'
        ? take('serve', 'spec-server-running')
        : fall('serve', 'run', 'spec-no-server');
    case 'acp':
      return acpAvailable ? take('acp', 'spec-acp-available') : fall('acp', 'serve', 'spec-acp-unavailable');
  }
}

function take(strategy: Strategy, reason: StrategyReason): SelectedStrategy {
  return { strategy, reason, fellFrom: null };
}

function fall(from: Strategy, to: Strategy, reason: StrategyReason): SelectedStrategy {
  return { strategy: to, reason, fellFrom: from };
}
