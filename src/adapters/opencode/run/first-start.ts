/**
 * The first process makes the tables of a new database, and two that make them at the same time break each other
 * (OpenCode 1.18.33). So the first goes ahead, and the others wait until it is through.
 */
import { toFailure } from '../../../core/delegation/failure.ts';
import { untilAborted } from '../until-aborted.ts';

export type FirstStart = {
  /** Resolves when nobody is on the way, at the latest after a while. Rejects with a `Failure`. */
  pass(signal: AbortSignal): Promise<void>;
  began(exited: Promise<void>): void;
  done(): void;
};

/** Much longer than it takes: whoever waited in vain goes on and takes its chance. */
const PATIENCE_MS = 15_000;

export function createFirstStart(): FirstStart {
  let done = () => {};
  let isBegun = false;
  const through = new Promise<void>((resolve) => {
    done = resolve;
  });
  return {
    pass: (signal) => {
      if (isBegun) return untilAborted(through, signal).catch(fail);
      isBegun = true;
      return Promise.resolve();
    },
    began: (exited) => {
      setTimeout(done, PATIENCE_MS).unref();
      void exited.then(done);
    },
    done: () => done(),
  };
}

function fail(error: unknown): never {
  throw toFailure(error);
}
