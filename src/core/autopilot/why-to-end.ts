import { isLimit } from '../scheduling/limited.ts';
import type { Autopilot, EndReason, TaskVerdict } from './autopilot.ts';
import { listFailures } from './list-failures.ts';

/** After a round, the first that holds; `null`: there is a next one. */
export function whyToEnd({ rounds, spentTokens, limits }: Autopilot, more: boolean): EndReason | null {
  const [before, last] = [rounds.at(-2), rounds.at(-1)];
  if (last === undefined) return null;
  const failures = listFailures(last);
  if (failures.length === 0 && !more) return last.checks.length > 0 ? 'goal-met' : 'tasks-done';
  if (last.tasks.some(metLimit)) return 'rate-limited';
  if (limits.tokens !== null && spentTokens >= limits.tokens) return 'budget-spent';
  if (failures.length > 0 && before !== undefined && isSame(listFailures(before), failures))
    return 'no-progress';
  return rounds.length >= limits.rounds ? 'rounds-spent' : null;
}

/** A loop that meets limits ends: whoever asks again at once is refused again. */
function metLimit({ outcome, code }: TaskVerdict): boolean {
  if (code === null) return false;
  return outcome === 'skipped' ? code === 'rate-limited' : isLimit(code);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((failure, at) => failure === other[at]);
}
