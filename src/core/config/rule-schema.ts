// What a rule may say in a configuration file. Each action takes the keys that mean something to it, and no others.
import { z } from 'zod';
import { DEFAULT_TARGETS } from '../agents/target-role.ts';
import { ENGINE_WISHES } from '../routing/decision.ts';
import { parseTarget } from '../routing/list-targets.ts';
import { COMPARISON_PATTERN } from '../rules/comparison.ts';
import { CONDITION_FIELDS, parseCondition } from '../rules/parse-condition.ts';
import { TIME_SPAN_PATTERN } from '../rules/time-span.ts';
import { RULE_ACTIONS } from '../rules/user-rule.ts';
import { toOpencodeModelRef } from './model-ref.ts';

/** `fit`: what the text must look like; what it should be is said in words. */
function oneOrMore(fit: RegExp, error: string) {
  const item = z.string().regex(fit, error);
  return z.union([item, z.array(item).min(1).max(100)], { error });
}

const WORD = /^.{1,200}$/;
const comparisons = oneOrMore(
  COMPARISON_PATTERN,
  'a comparison such as ">= 70", or a list of them that must all hold',
);
const times = oneOrMore(TIME_SPAN_PATTERN, 'a time of day such as "22:00-06:00", or a list of them');
const QUOTA = 'a comparison such as ">= 70", a list of them, or one for each of fiveHour and weekly';
const percent = z.string().regex(COMPARISON_PATTERN, QUOTA);
const quota = z.union(
  [
    percent,
    z.array(percent).min(1).max(100),
    z.strictObject({ fiveHour: comparisons.optional(), weekly: comparisons.optional() }),
  ],
  { error: QUOTA },
);

const when = z.strictObject({
  agent: oneOrMore(WORD, 'an agent, or a list of them; * and a leading ! are understood')
    .optional()
    .describe('The subagent, by any of its names.'),
  tier: oneOrMore(/^!?(low|medium|high)$/, 'low, medium or high, or a list of them').optional(),
  mode: oneOrMore(
    /^!?(default|save-tokens|saveTokens|fusion|fusionDefault)$/,
    'default, save-tokens or fusion, or a list of them',
  ).optional(),
  permissionMode: oneOrMore(WORD, "a permission mode of Claude Code's, or a list of them").optional(),
  project: oneOrMore(WORD, 'a folder such as /home/me/work/*, or a list of them').optional(),
  quota: quota.optional().describe('Percent of a Claude window, by a reading that still counts.'),
  time: times.optional().describe('Local time of day.'),
  promptChars: comparisons.optional().describe('Characters of the prompt.'),
  files: oneOrMore(WORD, 'a file name such as *.sql, or a list of them')
    .optional()
    .describe('A file that the prompt names.'),
  fileCount: comparisons.optional().describe('How many files the prompt names.'),
});

const condition = z.string().max(500).superRefine(refuseCondition);

function refuseCondition(text: string, context: z.RefinementCtx): void {
  const parsed = parseCondition(text);
  if (parsed.ok) return;
  const message = {
    shape: 'conditions such as usage.fiveHour > 80, joined by &&',
    field: `conditions on ${CONDITION_FIELDS.join(', ')}`,
    value: 'a comparison with a number, or == and != with a word',
  }[parsed.why];
  context.addIssue({ code: 'custom', message: `${message} (not ${JSON.stringify(parsed.part)})` });
}

const TARGET = 'oracle, codex, flash, or a model written as provider/model';

const target = z
  .string({ error: TARGET })
  .max(200)
  .superRefine((text, context) => {
    if (isRole(text) || parseTarget(text) !== null) return;
    const isClaude = /^(claude|anthropic)(\/|$)/i.test(text);
    const message = isClaude ? 'a model of another provider; Claude has the action force_claude' : TARGET;
    context.addIssue({ code: 'custom', message });
  })
  .transform((text) => (isRole(text) ? text.toLowerCase() : toOpencodeModelRef(text)))
  .describe('A role or a model for what is routed.');

function isRole(text: string): boolean {
  return Object.hasOwn(DEFAULT_TARGETS, text.toLowerCase());
}

const engine = z
  .enum(ENGINE_WISHES)
  .optional()
  .describe('By which engine another model answers what is routed.');

const common = {
  id: z
    .string({ error: 'a name for the rule' })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/, 'a name of up to 60 letters, digits, dots and dashes')
    .describe('Its name in reasons, logs and lists.'),
  description: z.string().max(500).optional().describe('What it is for, as `omcm rules list` shows it.'),
  enabled: z.boolean().optional(),
  priority: z
    .number()
    .min(-1_000_000)
    .max(1_000_000)
    .optional()
    .describe('The rule of the highest priority that fits speaks; 0 where none is given.'),
  when: when.optional().describe('All of these must hold. None: every call.'),
  condition: condition.optional().describe('The same as one line of text: usage.fiveHour > 80.'),
};

export const ruleSchema = z.discriminatedUnion(
  'action',
  [
    z.strictObject({ ...common, action: z.enum(['prefer_claude', 'force_claude', 'default']) }),
    z.strictObject({
      ...common,
      action: z.enum(['prefer_opencode', 'force_opencode']),
      target: target.optional(),
      engine,
    }),
    z.strictObject({ ...common, action: z.literal('target'), target, engine }),
    z.strictObject({
      ...common,
      action: z.literal('block'),
      message: z
        .string({ error: 'what the conductor is told instead of an answer' })
        .min(1)
        .max(2_000)
        .describe('What the conductor is told instead of an answer.'),
    }),
  ],
  { error: (issue) => (issue.code === 'invalid_union' ? ACTIONS : undefined) },
);

const ACTIONS = `one of ${RULE_ACTIONS.map((action) => JSON.stringify(action)).join(', ')}`;
