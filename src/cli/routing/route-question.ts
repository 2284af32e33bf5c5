import { z } from 'zod';
import type { Mode } from '../../core/routing/mode.ts';
import type { SessionMode } from '../../core/session-mode/session-mode.ts';
import { decisionSchema } from '../../protocol/task.ts';

export type RouteQuestion = {
  readonly agent: string;
  readonly prompt?: string | undefined;
  readonly directory: string;
  readonly mode?: Mode | undefined;
  readonly sessionMode?: SessionMode | undefined;
  readonly atPercent?: number | undefined;
  readonly fallbackActive?: boolean | undefined;
  readonly permissionMode?: string | undefined;
};

/** A decision as the daemon gives it, with what is shown of it. */
export const shownDecisionSchema = decisionSchema.extend({
  agent: z.object({ requested: z.string(), name: z.string(), known: z.boolean() }),
});

export const shownRouteSchema = z.object({
  decision: shownDecisionSchema,
  trail: z.array(z.object({ step: z.string(), said: z.string().nullable() })),
});

export type ShownRoute = z.infer<typeof shownRouteSchema>;
