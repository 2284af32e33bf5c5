import type { LiveDecision, LiveLevels, LiveProblem, LiveRun, LiveRunTask, LiveTask } from './live-state.ts';

/** What is told of something that is not (any more) there changes nothing. */
export type LiveChange =
  /** New, or in place of the one with its id. */
  | { readonly type: 'task'; readonly task: LiveTask }
  | { readonly type: 'task-text'; readonly id: string; readonly text: string }
  | { readonly type: 'task-activity'; readonly id: string; readonly text: string }
  /** What it has used so far. */
  | { readonly type: 'task-tokens'; readonly id: string; readonly tokens: number }
  | { readonly type: 'task-ended'; readonly id: string; readonly end: LiveTaskEnd }
  | { readonly type: 'run'; readonly run: LiveRun }
  | { readonly type: 'run-task'; readonly run: string; readonly task: LiveRunTask }
  | { readonly type: 'decision'; readonly decision: LiveDecision }
  | { readonly type: 'problem'; readonly problem: LiveProblem }
  | { readonly type: 'levels'; readonly levels: Partial<LiveLevels> };

export type LiveTaskEnd = Pick<LiveTask, 'state' | 'target' | 'endedAt' | 'tokens' | 'failure'>;
