import type { TaskStarted } from '../../protocol/task.ts';
import type { Messages } from '../messages.ts';

/** Whoever types `omcm run` wants the task delegated: what would make it so? */
export function hintWhenKept(
  { step, reason }: TaskStarted['decision'],
  agent: string,
  { run }: Messages,
): string {
  if (step === 'permission') return run.hintPermission();
  if (step === 'budget') return run.hintBudget();
  if (step === 'target') return run.hintTarget();
  const inSmallerMode =
    step === 'default' ||
    (step === 'mode' && !reason.startsWith('fusion-')) ||
    (step === 'session' && reason.startsWith('session-ulw-'));
  return inSmallerMode ? run.hintMode() : run.hintExplain(agent);
}
