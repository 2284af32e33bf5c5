// At what did a round fail? Of two rounds with the same list, the second one was no progress.
import type { CheckVerdict, Round, TaskVerdict } from './autopilot.ts';

export function listFailures({ tasks, checks }: Round): readonly string[] {
  return [
    ...tasks.filter(isFailedTask).map(({ id }) => `task ${id}`),
    ...checks.filter(isFailedCheck).map(({ command, trace }) => `check ${command} ${trace}`),
  ].sort();
}

export function isFailedTask({ outcome }: TaskVerdict): boolean {
  return outcome !== 'done' && outcome !== 'own';
}

export function isFailedCheck({ passed }: CheckVerdict): boolean {
  return !passed;
}
