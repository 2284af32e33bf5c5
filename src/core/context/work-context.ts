/** What somebody who takes over has to know. Texts of lists stand in one line; lists begin with what counts most. */

/** Counts up when an older reader would misread it. */
export const CONTEXT_VERSION = 1;

export type TodoLists = {
  readonly inProgress: readonly string[];
  readonly pending: readonly string[];
  readonly completed: readonly string[];
};

/** Who decided: the session, its user with `omcm note`, a file of the project, a delegated task. */
export const DECISION_SOURCES = ['session', 'note', 'project', 'delegated'] as const;

export type DecisionSource = (typeof DECISION_SOURCES)[number];

export type Decision = {
  readonly text: string;
  readonly source: DecisionSource;
  /** The file, or the agent; `null` where the source says all. */
  readonly by: string | null;
};

/** A task that another model has done for this session. */
export type DelegatedWork = {
  readonly agent: string;
  readonly said: string;
  /** Relative to the project. */
  readonly files: readonly string[];
};

export type ContextMeta = {
  /** Who hands over. */
  readonly from: 'claude-code' | 'opencode';
  readonly sessionId: string | null;
  readonly project: string | null;
  readonly branch: string | null;
  /** Percent of Claude's windows; `null` where nobody has read them. */
  readonly usage: { readonly fiveHour: number | null; readonly weekly: number | null };
  /** Milliseconds since the epoch, in whole seconds. */
  readonly builtAt: number;
  /** How long it took to collect. */
  readonly buildMs: number;
};

export type WorkContext = {
  readonly task: {
    readonly description: string;
    readonly goals: readonly string[];
    readonly constraints: readonly string[];
    /** What was said before the conversation was compacted, in its own words; empty where it was not. */
    readonly summary: string;
  };
  /** Relative to the project; the last one changed first. */
  readonly files: { readonly changed: readonly string[]; readonly referenced: readonly string[] };
  readonly todos: TodoLists;
  readonly decisions: readonly Decision[];
  readonly delegated: readonly DelegatedWork[];
  readonly meta: ContextMeta;
};

export const NO_TODOS: TodoLists = { inProgress: [], pending: [], completed: [] };
