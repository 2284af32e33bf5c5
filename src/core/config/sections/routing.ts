import { z } from 'zod';
import { STRATEGIES } from '../../balancing/strategy.ts';
import { toCanonicalProvider } from '../../routing/provider-name.ts';
import { percent } from './values.ts';

const agentNames = z.array(z.string().min(1).max(200)).max(500);

/** By provider. Under one name each, so that a later layer replaces what an earlier one calls differently. */
const weights = z
  .record(z.string().min(1).max(200), z.number().min(0).max(1_000))
  .transform((given) =>
    Object.fromEntries(Object.entries(given).map(([name, weight]) => [toCanonicalProvider(name), weight])),
  );

export const routing = z.strictObject({
  enabled: z.boolean().optional().describe('Master switch. Off: every subagent stays on Claude.'),
  usageThreshold: percent.optional().describe('Percent of a Claude window from which OMCM warns.'),
  maxOpencodeWorkers: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('How many tasks of `omcm batch` may run at once, where --workers does not say.'),
  preferOpencode: agentNames.optional().describe('Agents that go to OpenCode whatever the mode says.'),
  preferClaude: agentNames.optional().describe('Agents that stay on Claude whatever the mode says.'),
  autoDelegate: z
    .boolean()
    .optional()
    .describe('Delegate routed subagents without being asked. Off: only tell what would be routed.'),
  balance: z
    .enum(STRATEGIES)
    .optional()
    .describe('How work is shared out among the models of a role; first: in their order.'),
  weights: weights
    .optional()
    .describe('The share of each provider under the strategy weighted; one that is not named has 1.'),
  pace: z
    .boolean()
    .optional()
    .describe('Shift the cheap roles early, step by step, where a window would not last to its reset.'),
});
