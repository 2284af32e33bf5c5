import type { DecisionStep } from '../../core/routing/decision.ts';
import type { Messages } from '../messages.ts';

/** Whoever types `omcm run` wants the task delegated: what would make it so? */
export function hintWhenKept(step: string, agent: string, m: Messages): string {
  const { run } = m;
  const hints: Partial<Record<DecisionStep, () => string>> = {
    mode: run.hintMode,
    default: run.hintMode,
    permission: run.hintPermission,
    target: run.hintTarget,
  };
  return hints[step as DecisionStep]?.() ?? run.hintExplain(agent);
}
