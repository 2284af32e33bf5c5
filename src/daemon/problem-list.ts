/** The last things that went wrong, for `omcm daemon status`. */
import type { Problem } from '../protocol/status.ts';

export type ProblemList = {
  problem(code: string, message: string): void;
  recent(): readonly Problem[];
};

const KEPT_PROBLEMS = 50;

export function createProblemList(now: () => number): ProblemList {
  const problems: Problem[] = [];
  return {
    problem: (code, message) => {
      problems.push({ at: now(), code, message });
      if (problems.length > KEPT_PROBLEMS) problems.shift();
    },
    recent: () => problems,
  };
}
