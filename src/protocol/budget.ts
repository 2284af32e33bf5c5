/** What is said about budgets between the daemon and its clients. Amounts are tokens. */
import { z } from 'zod';
import { type Budgets, SCOPES } from '../core/budget/budgets.ts';
import type { BudgetCheck } from '../core/budget/judge-forecast.ts';
import type { UseSummary } from '../core/budget/summarise-use.ts';

/** What is used, beside the budgets that hold. */
export type BudgetStatus = UseSummary & { readonly budgets: Budgets };

const limit = z.number().nullable();
const share = z.object({ limit, used: z.number(), left: z.number().nullable() });
const namedShare = share.extend({ id: z.string() });

const strainSchema = z.object({
  scope: z.enum(SCOPES),
  limit: z.number(),
  used: z.number(),
  expected: z.number(),
});

export const budgetCheckSchema = z.object({
  /** `null` stands for what nobody knows; every figure is an estimate. */
  forecast: z.object({
    tasks: z.number(),
    onClaude: z.number(),
    rows: z.array(
      z.object({
        provider: z.string(),
        model: z.string(),
        agent: z.string(),
        tasks: z.number(),
        tokens: z.number().nullable(),
        unknownTasks: z.number(),
        samples: z.number(),
        costUsd: z.number().nullable(),
      }),
    ),
    tokens: z.number(),
    unknownTasks: z.number(),
    largestTask: z.number().nullable(),
    costUsd: z.number().nullable(),
  }),
  exceeded: z.array(strainSchema),
  near: z.array(strainSchema),
}) satisfies z.ZodType<BudgetCheck>;

export const budgetStatusSchema = z.object({
  budgets: z.object({
    task: limit,
    run: limit,
    day: limit,
    session: limit,
    // Left out by an older daemon.
    teamDay: limit.default(null),
    teamMonth: limit.default(null),
    warnAt: z.number(),
    onExceeded: z.enum(['claude', 'stop']),
  }),
  day: share,
  team: z.object({ day: share, month: share }).optional(),
  tasks: z.array(namedShare.extend({ agent: z.string() })),
  runs: z.array(namedShare),
  sessions: z.array(namedShare),
  typical: z.array(
    z.object({ agent: z.string(), tokens: z.number(), samples: z.number(), overBudget: z.boolean() }),
  ),
}) satisfies z.ZodType<BudgetStatus>;
