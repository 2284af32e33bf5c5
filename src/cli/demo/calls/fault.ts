/** What the demo can find wrong. Any of these ends it with exit code 1: a demo that only looks well proves nothing. */
export type RunName = 'without' | 'with';

export type Fault =
  | { readonly code: 'session-failed'; readonly run: RunName; readonly detail: string }
  | { readonly code: 'call-missing'; readonly run: RunName; readonly agent: string }
  | { readonly code: 'answer-missing'; readonly run: RunName; readonly agent: string }
  | { readonly code: 'answer-wrong'; readonly run: RunName; readonly agent: string }
  | { readonly code: 'work-missing'; readonly run: RunName; readonly file: string }
  | { readonly code: 'undecided'; readonly agent: string }
  /** A routed subagent that Claude was asked for as well. `why`: what the routing log says of it. */
  | {
      readonly code: 'claude-asked';
      readonly agent: string;
      readonly requests: number;
      readonly why: string | null;
    }
  | {
      readonly code: 'went-elsewhere';
      readonly run: RunName;
      readonly agent: string;
      readonly decided: string;
      readonly went: readonly string[];
    }
  | { readonly code: 'left-behind'; readonly pid: number };
