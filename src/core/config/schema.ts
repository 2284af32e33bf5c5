// What may stand in a configuration file. Every key is optional there; DEFAULT_CONFIG fills the rest.
import { z } from 'zod';
import { ENGINE_WISHES } from '../routing/decision.ts';
import { MODE_NAMES } from '../routing/mode.ts';
import type { UserRule } from '../rules/user-rule.ts';
import { WORKTREE_POLICIES } from '../worktrees/worktree-policy.ts';
import { ruleSchema } from './rule-schema.ts';
import { agent } from './sections/agent.ts';
import { budgets } from './sections/budgets.ts';
import { claude } from './sections/claude.ts';
import { context } from './sections/context.ts';
import { daemon } from './sections/daemon.ts';
import { execution } from './sections/execution.ts';
import { fallback } from './sections/fallback.ts';
import { hud } from './sections/hud.ts';
import { metrics } from './sections/metrics.ts';
import { notifications } from './sections/notifications.ts';
import { opencode } from './sections/opencode.ts';
import { permissions } from './sections/permissions.ts';
import { pool } from './sections/pool.ts';
import { quota } from './sections/quota.ts';
import { results } from './sections/results.ts';
import { routing } from './sections/routing.ts';
import { savings } from './sections/savings.ts';
import { security } from './sections/security.ts';
import { targets } from './sections/targets.ts';
import { tracing } from './sections/tracing.ts';
import { tracking } from './sections/tracking.ts';

/** `fusionDefault` is the seed's name for the fusion mode. */
const mode = z
  .enum([...MODE_NAMES, 'fusionDefault'])
  .transform((name) => (name === 'fusionDefault' ? 'fusion' : name));

export const configSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of the JSON Schema, for editors.'),
  mode: mode
    .optional()
    .describe(
      'Which agents are routed when no limit is near; shadow: none ever, but what fusion would route is written down.',
    ),
  fusionDefault: z
    .boolean()
    .optional()
    .describe("The seed's switch for the fusion mode; in one file, mode is the stronger of the two."),
  threshold: z
    .number()
    .min(1)
    .max(100)
    .optional()
    .describe('Percent of a Claude window from which every agent is routed.'),
  autoHandoff: z
    .boolean()
    .optional()
    .describe('From the usage threshold on, save by itself as in save-tokens mode. Off: only suggest.'),
  keywords: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .describe(
      'Words that ask how a session goes on in OpenCode, where a prompt is one of them and says no more.',
    ),
  locale: z.enum(['auto', 'en', 'ko']).optional().describe('Language of what OMCM says.'),
  routing: routing.optional().describe('Which subagents go to OpenCode.'),
  targets: targets.optional().describe('Which models stand behind each role.'),
  agents: z
    .record(z.string().min(1).max(200), agent)
    .optional()
    .describe("Settings of single agents, by the agent's name."),
  rules: z
    .array(ruleSchema)
    .max(500)
    .optional()
    .describe('Rules of your own: for which calls, and what is done with them. See docs/rules.md.'),
  fallback: fallback.optional().describe('What happens while Claude is out.'),
  quota: quota.optional().describe('Where the readings of Claude windows come from.'),
  engine: z
    .enum(ENGINE_WISHES)
    .optional()
    .describe(
      "How another model answers: opencode, in a session of its own with OpenCode's tools; native-tools, with the subagent's own tools and permissions, for which its whole conversation goes to that model's vendor; auto: what writes by native-tools, once you have agreed to that vendor (`omcm consent`), and what reads by opencode, unless the other was measured to cost less (one call after each five is a trial, five in all).",
    ),
  rescue: z
    .enum(['off', 'ask', 'auto'])
    .optional()
    .describe(
      'What happens to the main conversation where Claude refuses because a window is spent: off: nothing; ask: you are asked in the session, and a yes (`rescue on`, or `omcm rescue on`) holds until the reset; auto: the first model of the role oracle answers, marked as such, until Claude is back, unless you say `rescue off`. The whole conversation then goes to its vendor.',
    ),
  permissions: permissions.optional().describe('What delegated work may do.'),
  budgets: budgets.optional().describe('How many tokens delegated work may take.'),
  context: context.optional().describe('What a hand-over carries.'),
  opencode: opencode.optional().describe('How OpenCode is run.'),
  claude: claude.optional().describe('How Claude Code is run for a batch.'),
  pool: pool
    .optional()
    .describe('How many OpenCode servers there are. One pool serves all projects of a user.'),
  worktrees: z
    .enum(WORKTREE_POLICIES)
    .optional()
    .describe(
      'Whether the tasks of a batch that write each work in a git worktree of their own and are merged back; auto: where two of them may run at once.',
    ),
  execution: execution.optional().describe('Where the tasks of a batch are done.'),
  security: security.optional().describe('In which projects work is delegated.'),
  results: results.optional().describe('How answers come back.'),
  notifications: notifications.optional().describe('When OMCM speaks.'),
  hud: hud.optional().describe('The status line of OMCM in Claude Code.'),
  savings: savings.optional().describe('What delegated work is compared with.'),
  tracking: tracking.optional().describe("What is counted of the daemon's work."),
  tracing: tracing.optional().describe('Where the traces of calls go. See docs/tracing.md.'),
  metrics: metrics.optional().describe('What Prometheus is told. See docs/monitoring.md.'),
  daemon: daemon.optional().describe('The background process. One serves all projects of a user.'),
});

/** What one layer may say. */
export type ConfigPatch = z.output<typeof configSchema>;

// `string extends keyof T` tells a record with free names: its entries keep their optional fields.
type Settled<T> = T extends readonly (infer Item)[]
  ? readonly Item[]
  : T extends object
    ? string extends keyof T
      ? { readonly [Name in keyof T]: Readonly<T[Name]> }
      : { readonly [Key in keyof T]-?: Settled<Exclude<T[Key], undefined>> }
    : T;

/** All settings, resolved. `fusionDefault` is true exactly when `mode` is `fusion`. */
export type Config = Settled<Omit<ConfigPatch, '$schema' | 'rules'>> & {
  readonly rules: readonly UserRule[];
};
