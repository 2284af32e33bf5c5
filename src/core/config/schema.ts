// What may stand in a configuration file. Every key is optional there; DEFAULT_CONFIG fills the rest.
import { z } from 'zod';
import type { TargetRole } from '../agents/agent.ts';
import { STRATEGIES } from '../balancing/strategy.ts';
import { DEFAULT_WEIGHTS } from '../balancing/weights.ts';
import { ENGINE_WISHES } from '../routing/decision.ts';
import { MODE_NAMES } from '../routing/mode.ts';
import { toCanonicalProvider } from '../routing/provider-name.ts';
import type { UserRule } from '../rules/user-rule.ts';
import { WORKTREE_POLICIES } from '../worktrees/worktree-policy.ts';
import { MODEL_REF_PATTERN, toOpencodeModelRef } from './model-ref.ts';
import { remoteServers } from './remote-server.ts';
import { ruleSchema } from './rule-schema.ts';

/** A timer of Node's fires at once above 2^31 ms; a day is far below that and long enough for any task. */
const DAY_MS = 86_400_000;

const percent = z.number().min(0).max(100);
const milliseconds = z.int().min(1_000).max(DAY_MS);
const agentNames = z.array(z.string().min(1).max(200)).max(500);
const modelRef = z
  .string()
  .max(200)
  .regex(MODEL_REF_PATTERN, 'a model written as provider/model, such as openai/gpt-5.2')
  .transform(toOpencodeModelRef);
const models = z.array(modelRef).min(1).max(20);

/** `fusionDefault` is the seed's name for the fusion mode. */
const mode = z
  .enum([...MODE_NAMES, 'fusionDefault'])
  .transform((name) => (name === 'fusionDefault' ? 'fusion' : name));

/** The labels Oracle, Codex and Flash are what people read in tables, so they may write them too. */
const targetRole = z
  .enum(['oracle', 'codex', 'flash', 'Oracle', 'Codex', 'Flash'])
  .transform((role) => role.toLowerCase() as TargetRole);

/** By provider. Under one name each, so that a later layer replaces what an earlier one calls differently. */
const weights = z
  .record(z.string().min(1).max(200), z.number().min(0).max(1_000))
  .transform((given) =>
    Object.fromEntries(Object.entries(given).map(([name, weight]) => [toCanonicalProvider(name), weight])),
  );

const routing = z.strictObject({
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

const context = z.strictObject({
  includeRecentFiles: z.boolean().optional().describe('Name recently changed files in a hand-over.'),
  recentFilesLimit: z.int().min(0).max(1_000).optional().describe('How many recent files a hand-over names.'),
  includeTodos: z.boolean().optional().describe('Carry the open to-dos in a hand-over.'),
  includeDecisions: z.boolean().optional().describe('Carry recent decisions in a hand-over.'),
  maxContextLength: z
    .int()
    .min(1_000)
    .max(1_000_000)
    .optional()
    .describe('Longest hand-over, in characters.'),
  delegation: z
    .enum(['none', 'brief', 'full'])
    .optional()
    .describe(
      'What a delegated task is told of the session beside its prompt; full: the hand-over document.',
    ),
});

const opencode = z.strictObject({
  command: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe('The OpenCode program: a name on PATH or a path.'),
  args: z.array(z.string().max(4_096)).max(100).optional().describe('Arguments put before our own.'),
  strategy: z
    .enum(['auto', 'serve', 'run', 'acp', 'spec'])
    .optional()
    .describe(
      "How a task reaches OpenCode: a warm server (serve), a process of its own (run), the Agent Client Protocol (acp); auto takes what is best; spec the seed's own table, in which a delegated task is a run of unknown length and so takes a server.",
    ),
  ultraworkByDefault: z
    .boolean()
    .optional()
    .describe('The first message of a session handed to OpenCode begins with the word ultrawork.'),
  timeout: milliseconds.optional().describe('Longest time for one delegated task, in milliseconds.'),
  stallTimeout: milliseconds
    .optional()
    .describe('A task without any sign of life from its provider for this many milliseconds has failed.'),
  startTimeout: milliseconds
    .optional()
    .describe('Longest time for an OpenCode server to become ready, in milliseconds.'),
});

const claude = z.strictObject({
  command: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe('The Claude Code program, for tasks of a batch that stay on Claude: a name on PATH or a path.'),
  args: z.array(z.string().max(4_096)).max(100).optional().describe('Arguments put before our own.'),
  timeout: milliseconds
    .optional()
    .describe('Longest time for one task of a batch on Claude, in milliseconds.'),
});

const serverCount = z.int().min(0).max(64);

const pool = z.strictObject({
  minServers: serverCount
    .optional()
    .describe('OpenCode servers that are always kept; 0: none until one is used.'),
  maxServers: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Most OpenCode servers at once; each takes half a gigabyte.'),
  basePort: z
    .int()
    .min(1_024)
    .max(65_000)
    .optional()
    .describe('First port that is tried; taken ones are skipped.'),
  autoScale: z.boolean().optional().describe('Start and stop servers by load, within the two bounds.'),
  sessionsPerServer: z.int().min(1).max(256).optional().describe('Tasks that one server works on at once.'),
  maxWaiting: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('Tasks that may wait for a server; more are refused.'),
  maxMemoryMb: z
    .int()
    .min(256)
    .optional()
    .describe('A server that holds more is replaced once its tasks have ended.'),
  maxAgeHours: z
    .number()
    .min(0.01)
    .optional()
    .describe('A server that is older is replaced once its tasks have ended.'),
  maxTasks: z
    .int()
    .min(1)
    .optional()
    .describe('A server that has done more is replaced once its tasks have ended.'),
  remotes: remoteServers
    .optional()
    .describe('Running `opencode serve`s on other machines, which take tasks in folders that they share.'),
});

const notifications = z.strictObject({
  showOnThreshold: z.boolean().optional().describe('Say so when a usage threshold is passed.'),
  showOnKeyword: z
    .boolean()
    .optional()
    .describe('Tell how a session is handed over when a prompt asks for it by one of the keywords.'),
  quietMode: z.boolean().optional().describe('Say nothing of our own accord.'),
});

const agent = z.strictObject({
  target: targetRole.optional().describe('The role whose models answer this agent.'),
  model: modelRef.optional().describe('One model for this agent, before those of its role.'),
  stays: z.boolean().optional().describe('true keeps this agent on Claude; false lets it be routed.'),
  writes: z
    .boolean()
    .optional()
    .describe('Whether this agent edits files; an agent of your own counts as one that does.'),
  engine: z.enum(ENGINE_WISHES).optional().describe('By which engine another model answers this agent.'),
});

const targets = z.strictObject({
  oracle: models.optional().describe('Models for reasoning and review; the first connected one is used.'),
  codex: models.optional().describe('Models for writing code; the first connected one is used.'),
  flash: models
    .optional()
    .describe('Models for quick look-ups and documents; the first connected one is used.'),
});

const fallback = z.strictObject({
  chain: z
    .array(modelRef)
    .max(20)
    .optional()
    .describe('Models tried in this order where the model of an agent is not available.'),
  forceModel: modelRef
    .nullable()
    .optional()
    .describe('While fallback is active, this one model answers every agent; null keeps their own.'),
  dwellMinutes: z
    .number()
    .min(0.01)
    .max(1_440)
    .optional()
    .describe('Fallback stays on for at least this many minutes.'),
});

const quota = z.strictObject({
  oauthUsage: z
    .boolean()
    .optional()
    .describe("Ask Claude's usage page every few minutes, with the login of Claude Code."),
});

const permissions = z.strictObject({
  delegateWrites: z
    .enum(['never', 'ask', 'allow'])
    .optional()
    .describe('Whether agents that edit files may be delegated while Claude Code would ask for each edit.'),
});

const security = z.strictObject({
  trust: z
    .enum(['ask', 'always'])
    .optional()
    .describe(
      'ask: a project that brings files of OpenCode or settings of OMCM is delegated from once you trust it; always: any.',
    ),
});

const tokenLimit = z.int().min(1).max(1_000_000_000_000).nullable();

const budgets = z.strictObject({
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

const results = z.strictObject({
  maxChars: z
    .int()
    .min(1_000)
    .max(1_000_000)
    .optional()
    .describe('A longer answer is handed back as a digest and the path of the full text.'),
});

const execution = z.strictObject({
  backend: z
    .enum(['embedded', 'bullmq'])
    .optional()
    .describe(
      'Who does the tasks of a batch: this machine (embedded), or workers on any machine through a Redis (bullmq). See docs/scaling.md.',
    ),
  redisUrlFile: z
    .string()
    .max(4_096)
    .optional()
    .describe('A file that holds the address of the Redis, where the variable OMCM_REDIS_URL does not.'),
  redisCaFile: z
    .string()
    .max(4_096)
    .optional()
    .describe(
      'A file with the certificate of an authority (PEM) that is trusted for the Redis, besides the usual ones.',
    ),
  namespace: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a word of at most 40 small letters, digits and hyphens')
    .optional()
    .describe('Under which word everything of a team lies in the Redis; several teams may share one.'),
  maxBundleMb: z
    .int()
    .min(1)
    .max(512)
    .optional()
    .describe('Most megabytes of code that travel with a task, to a worker or back.'),
  share: z
    .array(z.enum(['circuits', 'budgets']))
    .max(2)
    .optional()
    .describe(
      'What this machine shares with its team through the Redis, whoever does its tasks: circuits: that a provider does not answer; budgets: how many tokens its tasks have used. Never what is known of Claude.',
    ),
  teamAccounts: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .describe(
      'Providers that this machine asks with an account of its team: a limit that one machine meets holds for all that name it here.',
    ),
});

const daemon = z.strictObject({
  idleExitMinutes: z
    .number()
    .min(0.01)
    .max(10_080)
    .optional()
    .describe('The daemon ends after this many minutes without work.'),
  logLevel: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .optional()
    .describe("How much the daemon's log tells."),
});

const hud = z.strictObject({
  place: z
    .enum(['status-line', 'footer'])
    .optional()
    .describe(
      'Where Claude Code shows it: in its status line, where one is set up, or pinned under its prompt by the mod.',
    ),
  preset: z
    .enum(['minimal', 'seed', 'full'])
    .optional()
    .describe(
      'What the status line shows: windows and warnings, the tokens of each provider, or everything.',
    ),
  template: z
    .string()
    .max(1_000)
    .optional()
    .describe(
      'Instead of a preset: text with {tokens} {mode} {quota} {fallback} {rescue} {tasks} {saved} {warning}.',
    ),
  wrap: z
    .string()
    .max(4_096)
    .optional()
    .describe('A status line of another tool: a command whose lines are shown above ours.'),
});

const dollars = z.number().min(0).max(100_000);
const price = z.strictObject({
  input: dollars.describe('US dollars for a million tokens of input.'),
  output: dollars.describe('US dollars for a million tokens of output, reasoning among them.'),
  cacheRead: dollars.describe('US dollars for a million tokens that came from a cache.'),
  cacheWrite: dollars.describe('US dollars for a million tokens that went into a cache.'),
});
const claudeModel = z.string().min(1).max(200).optional();

const savings = z.strictObject({
  models: z
    .strictObject({
      low: claudeModel.describe('For agents that look things up or write documents.'),
      medium: claudeModel.describe('For agents that write code.'),
      high: claudeModel.describe('For agents that plan, judge and review, and for the lead session.'),
    })
    .optional()
    .describe('The Claude model that an agent of each tier would have run on.'),
  prices: z
    .record(z.string().min(1).max(200), price)
    .optional()
    .describe('Prices of your own, by model or provider/model, before those of the public list.'),
});

const tracking = z.strictObject({
  events: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('How many of the last events the daemon keeps in memory.'),
});

const tracing = z.strictObject({
  endpoint: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)])
    .optional()
    .describe('Collector of traces by OTLP over HTTP, such as http://localhost:4318; empty: none.'),
  content: z
    .boolean()
    .optional()
    .describe('Export what was asked and answered, too. Off: never a word of either.'),
});

const metrics = z.strictObject({
  port: z
    .int()
    .min(1_024)
    .max(65_535)
    .nullable()
    .optional()
    .describe('Loopback port on which the daemon answers /metrics to Prometheus; null: none.'),
});

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

export const DEFAULT_CONFIG: Config = {
  mode: 'default',
  fusionDefault: false,
  threshold: 90,
  autoHandoff: false,
  keywords: ['opencode', 'handoff', '전환'],
  locale: 'auto',
  routing: {
    enabled: true,
    usageThreshold: 70,
    maxOpencodeWorkers: 3,
    preferOpencode: [],
    preferClaude: [],
    autoDelegate: true,
    balance: 'first',
    weights: DEFAULT_WEIGHTS,
    pace: false,
  },
  targets: {
    oracle: ['openai/gpt-5.2'],
    codex: ['openai/gpt-5.2-codex', 'openai/gpt-5.2'],
    flash: ['google/gemini-3-flash', 'google/gemini-3-flash-preview', 'google/gemini-2.5-flash'],
  },
  agents: {},
  rules: [],
  fallback: {
    chain: ['openai/gpt-5.2-codex', 'google/gemini-2.5-flash', 'openai/gpt-5.2'],
    forceModel: null,
    dwellMinutes: 5,
  },
  quota: { oauthUsage: false },
  engine: 'auto',
  rescue: 'off',
  permissions: { delegateWrites: 'never' },
  budgets: {
    task: null,
    run: null,
    day: null,
    session: null,
    teamDay: null,
    teamMonth: null,
    warnAt: 80,
    onExceeded: 'claude',
  },
  context: {
    includeRecentFiles: true,
    recentFilesLimit: 10,
    includeTodos: true,
    includeDecisions: true,
    maxContextLength: 50_000,
    delegation: 'brief',
  },
  opencode: {
    command: 'opencode',
    args: [],
    strategy: 'auto',
    ultraworkByDefault: true,
    timeout: 300_000,
    stallTimeout: 120_000,
    startTimeout: 30_000,
  },
  claude: { command: 'claude', args: [], timeout: 1_800_000 },
  pool: {
    minServers: 1,
    maxServers: 5,
    basePort: 4096,
    autoScale: true,
    // More slows each task more than it adds to all of them together: docs/performance.md.
    sessionsPerServer: 16,
    maxWaiting: 100,
    // A server holds some 0.5 GB after its first prompt and 0.6 GB after 150.
    maxMemoryMb: 1_536,
    maxAgeHours: 12,
    maxTasks: 1_000,
    remotes: [],
  },
  worktrees: 'auto',
  execution: {
    backend: 'embedded',
    redisUrlFile: '',
    redisCaFile: '',
    namespace: 'omcm',
    maxBundleMb: 64,
    share: [],
    teamAccounts: [],
  },
  // Claude Code keeps an answer of at most 50,000 characters whole; its own frame takes some of that.
  results: { maxChars: 45_000 },
  security: { trust: 'ask' },
  notifications: { showOnThreshold: true, showOnKeyword: true, quietMode: false },
  hud: { place: 'status-line', preset: 'full', template: '', wrap: '' },
  savings: {
    models: { low: 'claude-haiku-5-5', medium: 'claude-sonnet-5-5', high: 'claude-opus-5-5' },
    prices: {},
  },
  tracking: { events: 1_000 },
  metrics: { port: null },
  tracing: { endpoint: '', content: false },
  daemon: { idleExitMinutes: 30, logLevel: 'info' },
};
