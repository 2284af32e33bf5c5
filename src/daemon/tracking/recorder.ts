/** Writes down what was decided and what came of it: the routing log, the counters, the last problems. */
import type { Choice } from '../../core/balancing/choice.ts';
import type { Resting } from '../../core/circuit/list-resting.ts';
import type { NextAttempt } from '../../core/delegation/decide-next-attempt.ts';
import type { Failure } from '../../core/delegation/failure.ts';
import type { Decision, RoutedDecision } from '../../core/routing/decision.ts';
import type { ModelSpent } from '../../core/savings/task-savings.ts';
import type { SelectedStrategy } from '../../core/strategy/strategy.ts';
import type { FailedOpen, Problem } from '../../protocol/status.ts';
import type { ParsedTaskRequest, TaskOutcome } from '../../protocol/task.ts';
import type { Attempt } from '../delegation/attempt-task.ts';

export type Decided = {
  readonly requestId: string;
  readonly request: ParsedTaskRequest;
  readonly decision: Decision;
  /** How its target was picked; `null` where there was nothing to pick. */
  readonly choice: Choice | null;
  /** Models that would have been asked, had they not been put aside. */
  readonly resting?: readonly Resting[];
  readonly durationMs: number;
};

export type Ended = {
  readonly requestId: string;
  readonly request: ParsedTaskRequest;
  readonly decision: RoutedDecision;
  readonly outcome: TaskOutcome;
  /** How much it was told of its session. */
  readonly contextChars: number;
  readonly failure: Failure | null;
  /** Something was handed out or changed before it failed, so the call did not go to Claude. */
  readonly begun: boolean;
  /** The way to OpenCode that the last try took; `null` where none was open. */
  readonly via: SelectedStrategy | null;
  /** By the models that were tried; the last one ended it. */
  readonly spent: readonly ModelSpent[];
  /** What was handed back, as a rough count. */
  readonly answerTokens: number;
};

/** One try has failed, and another one follows. */
export type MovedOn = {
  readonly requestId: string;
  readonly request: ParsedTaskRequest;
  readonly decision: RoutedDecision;
  readonly attempt: Attempt;
  readonly next: NextAttempt;
  /** Since the call was taken. */
  readonly durationMs: number;
};

export type Counters = {
  readonly running: number;
  readonly total: number;
  readonly routed: number;
  readonly failed: number;
  readonly failedOpen: number;
};

export type Recorder = {
  decided(entry: Decided): void;
  movedOn(entry: MovedOn): void;
  ended(entry: Ended): void;
  /** A call that went to Claude because a client could not use us. */
  failedOpen(report: FailedOpen): void;
  problem(code: string, message: string): void;
  counters(): Counters;
  recentProblems(): readonly Problem[];
  /** Writes what is not on disk yet. */
  flush(): Promise<void>;
};
