import { z } from 'zod';
import { percent } from './values.ts';

const tokenLimit = z.int().min(1).max(1_000_000_000_000).nullable();

export const budgets = z.strictObject({
  task: tokenLimit.optional().describe('Most tokens of one delegated task; null: no limit.'),
  run: tokenLimit.optional().describe('Most tokens of one `omcm batch`; null: no limit.'),
  day: tokenLimit
    .optional()
    .describe('Most tokens of all delegated tasks from midnight to midnight, where you are; null: no limit.'),
  session: tokenLimit
    .optional()
    .describe('Most delegated tokens of one Claude Code session; null: no limit.'),
  teamDay: tokenLimit
    .optional()
    .describe(
      "Most delegated tokens of all machines that share budgets (execution.share), in a day by UTC and the Redis' clock; null: no limit.",
    ),
  teamMonth: tokenLimit.optional().describe('The same for a month; null: no limit.'),
  warnAt: percent.optional().describe('Percent of a budget from which OMCM warns.'),
  onExceeded: z
    .enum(['claude', 'stop'])
    .optional()
    .describe(
      'Where a call goes whose budget is spent: claude: it stays on Claude; stop: nobody answers it.',
    ),
});
