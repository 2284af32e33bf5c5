// What can be wrong with a piece of configuration, told so that a person can mend it.

export type ConfigProblemCode =
  | 'unknown-key'
  | 'invalid-value'
  /** Two keys of one layer say different things; the message tells which one counts. */
  | 'contradiction'
  /** A project may come from anywhere, so this key is not for it to set. */
  | 'not-allowed-in-project'
  /** The file is there and is not valid JSON. Nothing of it is used. */
  | 'syntax'
  /** The file is there and could not be read. Nothing of it is used. */
  | 'unreadable';

export type ConfigProblem = {
  /** The file, environment variable or flag that it came from. */
  readonly source: string;
  /** Empty where the problem is the layer as a whole. */
  readonly keyPath: string;
  readonly code: ConfigProblemCode;
  readonly expected: string;
  readonly received: string;
  readonly suggestion?: string;
  /** The id of the rule that it is in. */
  readonly rule?: string;
  /** Where in the file, counted from 1. */
  readonly position?: { readonly line: number; readonly column: number };
  /** One sentence for a person. */
  readonly message: string;
};
