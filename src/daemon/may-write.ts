import { decideEnvelope } from '../core/permissions/envelope.ts';
import type { RouteQuestion } from '../core/routing/assemble-input.ts';
import type { Router } from './router.ts';

/** Would a task like this be worked on here, with the right to change files? */
export async function mayWrite(router: Pick<Router, 'decide'>, question: RouteQuestion): Promise<boolean> {
  const { decision, config } = await router.decide(question);
  if (!decision.route) return false;
  const { delegateWrites } = config.permissions;
  const permissionMode = question.permissionMode ?? 'default';
  const { kind } = decideEnvelope({ writes: decision.writes, permissionMode, delegateWrites });
  return kind === 'edit-in-project' || kind === 'full';
}
