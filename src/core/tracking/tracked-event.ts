// What is counted: a call was decided on, or a routed one has ended.

import type { TokenUsage } from '../delegation/engine.ts';

export type RoutingEvent = {
  readonly type: 'routing';
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly agent: string;
  /** Who was to answer: `claude`, `openai`, …; `nobody` where a rule blocked the call. */
  readonly provider: string;
  /** How long the decision took, in milliseconds. */
  readonly responseTime: number;
  /** The decision came out of the cache; left out where nobody knows. */
  readonly cached?: boolean;
};

export type TaskEvent = {
  readonly type: 'task';
  readonly timestamp: number;
  readonly agent: string;
  /** Who worked on it last. */
  readonly provider: string;
  /** From the call to its end, in milliseconds. */
  readonly responseTime: number;
  readonly success: boolean;
  /** As the provider reported it. */
  readonly tokens?: TokenUsage;
  readonly costUsd?: number;
};

export type TrackedEvent = RoutingEvent | TaskEvent;
