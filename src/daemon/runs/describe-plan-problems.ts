import type { PlanProblem } from '../../core/scheduling/plan-tasks.ts';

/** For a client that did not look itself. */
export function describePlanProblems(problems: readonly PlanProblem[]): string {
  return problems.map(describe).join(' ');
}

function describe(problem: PlanProblem): string {
  switch (problem.code) {
    case 'duplicate-id':
      return `More than one task has the id "${problem.id}".`;
    case 'unknown-dependency':
      return `"${problem.id}" depends on "${problem.dependency}", which is not there.`;
    case 'cycle':
      return `These tasks wait for each other: ${problem.chain.join(' → ')}.`;
  }
}
