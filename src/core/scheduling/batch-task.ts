/** A tag is part of a queue's name. */
export const TAG_PATTERN = /^[a-z0-9][a-z0-9_-]{0,39}$/;

/** One of many tasks that are given at once, with what decides when it may start. */
export type BatchTask = {
  readonly id: string;
  readonly agent: string;
  readonly prompt: string;
  /** What it will touch, below the project: paths, folders, globs. */
  readonly files: readonly string[];
  /** Ids of the tasks whose work it needs. */
  readonly dependsOn: readonly string[];
  /** Of two that touch the same files, the higher one goes first. */
  readonly priority: number;
  /** What a worker on another machine has to be; on this one nothing is asked of it. */
  readonly tags?: readonly string[] | undefined;
  /** How long it takes, in a unit that is the same for all of them. */
  readonly estimate: number;
};
