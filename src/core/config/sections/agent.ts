import { z } from 'zod';
import type { TargetRole } from '../../agents/agent.ts';
import { ENGINE_WISHES } from '../../routing/decision.ts';
import { modelRef } from './values.ts';

/** The labels Oracle, Codex and Flash are what people read in tables, so they may write them too. */
const targetRole = z
  .enum(['oracle', 'codex', 'flash', 'Oracle', 'Codex', 'Flash'])
  .transform((role) => role.toLowerCase() as TargetRole);

export const agent = z.strictObject({
  target: targetRole.optional().describe('The role whose models answer this agent.'),
  model: modelRef.optional().describe('One model for this agent, before those of its role.'),
  stays: z.boolean().optional().describe('true keeps this agent on Claude; false lets it be routed.'),
  writes: z
    .boolean()
    .optional()
    .describe('Whether this agent edits files; an agent of your own counts as one that does.'),
  engine: z.enum(ENGINE_WISHES).optional().describe('By which engine another model answers this agent.'),
});
