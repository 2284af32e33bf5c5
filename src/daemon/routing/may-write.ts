import { resolveAgent } from '../../core/agents/resolve-agent.ts';
import { decideEnvelope } from '../../core/permissions/envelope.ts';
import { parsePermissionMode } from '../../core/permissions/permission-mode.ts';
import type { RouteQuestion } from '../../core/routing/assemble-input.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import type { Router } from './router.ts';

/** Would a task like this be worked on here, by another model or by Claude, with the right to change files? */
export async function mayWrite(
  router: Pick<Router, 'decide'>,
  question: RouteQuestion,
  client: ParsedRunRequest['client'],
): Promise<boolean> {
  const { decision, config } = await router.decide(question);
  const permissionMode = parsePermissionMode(question.permissionMode);
  if (!decision.route) {
    const isRunHere = decision.block === undefined && client !== 'conductor' && permissionMode !== 'plan';
    return isRunHere && resolveAgent(question.agent, config.agents).agent.writes;
  }
  const { delegateWrites } = config.permissions;
  const { kind } = decideEnvelope({ writes: decision.writes, permissionMode, delegateWrites });
  return kind === 'edit-in-project' || kind === 'full';
}
