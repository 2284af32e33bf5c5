/** The last things that went wrong, for `omcm daemon status`. */
import type { Problem } from '../../protocol/status.ts';

export type ProblemList = {
  problem(code: string, message: string): void;
  recent(): readonly Problem[];
};

const KEPT_PROBLEMS = 50;

export function createProblemList(
  now: () => number,
  onProblem: (problem: Problem) => void = () => undefined,
): ProblemList {
  const problems: Problem[] = [];
  return {
    problem: (code, message) => {
      const problem = { at: now(), code, message };
      problems.push(problem);
      onProblem(problem);
      if (problems.length > KEPT_PROBLEMS) problems.shift();
    },
    recent: () => problems,
  };
}
