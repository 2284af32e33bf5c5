/**
 * What has been decided, done and spent since the daemon started, as sums that only grow. Fed by the lines that the
 * recorder writes, as the buckets of `tracking/` are; what was before that start, those know.
 */
import type { TokenUsage } from '../delegation/engine.ts';
import type { ClaudeMessage } from '../savings/claude-usage.ts';
import { type ModelSpent, tokensOnClaude } from '../savings/task-savings.ts';
import type { RoutingEvent } from '../tracking/tracked-event.ts';
import { createHistogram, type Histogram } from './histogram.ts';
import { createLabelledCounter, type LabelledCounter, OTHER } from './labelled-counter.ts';
import type { MetricFamily } from './metric-family.ts';

/** Of a routed task that has ended. */
export type EndedTask = {
  readonly agent: string;
  readonly provider: string;
  readonly failure: string | null;
  readonly durationMs: number;
  readonly spent: readonly ModelSpent[];
  readonly answerTokens: number;
};

export type Totals = {
  decided(event: RoutingEvent): void;
  ended(task: EndedTask): void;
  /** An answer is told several times while it grows: what it has grown by is counted. */
  claudeSpent(messages: readonly ClaudeMessage[]): void;
  /** Counted by an earlier daemon. */
  claudeHadSpent(messages: readonly ClaudeMessage[]): void;
  families(): readonly MetricFamily[];
};

// Each value of a label is a series, and two labels multiply: the usual dozen of each stays far below these.
const MOST_AGENTS = 100;
const MOST_PROVIDERS = 20;
const MOST_MODELS = 50;
/** Codes of closed lists. */
const MOST_CODES = 50;
const MOST_MESSAGES = 5_000;

const DECISION_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
const TASK_BOUNDS = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1_800];

const TOKEN_TYPES = [
  ['input', 'input'],
  ['output', 'output'],
  ['reasoning', 'reasoning'],
  ['cacheRead', 'cache_read'],
  ['cacheWrite', 'cache_write'],
] as const satisfies readonly (readonly [keyof TokenUsage, string])[];

export function createTotals(): Totals {
  const agent = ['agent', MOST_AGENTS] as const;
  const provider = ['provider', MOST_PROVIDERS] as const;
  const model = ['model', MOST_MODELS] as const;
  const code = (name: string) => [name, MOST_CODES] as const;
  const calls = createLabelledCounter([agent, provider]);
  const lookups = createLabelledCounter([code('result')]);
  const tasks = createLabelledCounter([agent, provider, code('outcome')]);
  const failures = createLabelledCounter([code('reason')]);
  const tokens = createLabelledCounter([provider, model, code('type')]);
  const cost = createLabelledCounter([provider, model]);
  const onClaude = createLabelledCounter([code('bound')]);
  const answers = createLabelledCounter([]);
  const claude = createLabelledCounter([code('part'), model, code('type')]);
  const decisionTimes = createHistogram(DECISION_BOUNDS);
  const taskTimes = new Map<string, Histogram>();
  const told = new Map<string, TokenUsage>();

  const timesOf = (name: string): Histogram => {
    const known = taskTimes.get(name);
    if (known !== undefined) return known;
    const key = taskTimes.size < MOST_PROVIDERS ? name : OTHER;
    const times = taskTimes.get(key) ?? createHistogram(TASK_BOUNDS);
    taskTimes.set(key, times);
    return times;
  };
  const remember = ({ messageId, tokens: so }: ClaudeMessage): TokenUsage | undefined => {
    const before = told.get(messageId);
    told.delete(messageId);
    told.set(messageId, so);
    for (const [oldest] of told) {
      if (told.size <= MOST_MESSAGES) break;
      told.delete(oldest);
    }
    return before;
  };

  return {
    decided: (event) => {
      calls.add([event.agent, event.provider]);
      decisionTimes.add(event.responseTime / 1_000);
      if (event.cached !== undefined) lookups.add([event.cached ? 'hit' : 'miss']);
    },
    ended: (task) => {
      const { failure } = task;
      tasks.add([task.agent, task.provider, failure === null ? 'finished' : 'failed']);
      timesOf(task.provider).add(task.durationMs / 1_000);
      for (const spent of task.spent) {
        addTokens(tokens, [spent.provider, spent.model], spent.tokens);
        cost.add([spent.provider, spent.model], spent.costUsd);
      }
      answers.add([], task.answerTokens);
      if (failure !== null) return failures.add([failure]);
      const { low, high } = tokensOnClaude(task.spent);
      onClaude.add(['low'], low);
      onClaude.add(['high'], high);
    },
    claudeSpent: (messages) => {
      for (const message of messages) {
        const part = message.agentId === null ? 'lead' : 'subagents';
        addTokens(claude, [part, message.model], message.tokens, remember(message));
      }
    },
    claudeHadSpent: (messages) => {
      for (const message of messages) remember(message);
    },
    families: () => [
      counter('omcm_calls', 'Calls decided on, by who was to answer; claude: left native.', calls),
      counter('omcm_decision_cache_lookups', 'Decisions looked up in the cache, by what it knew.', lookups),
      {
        name: 'omcm_decision_duration_seconds',
        help: 'From the call to the decision.',
        type: 'histogram',
        samples: decisionTimes.samples('omcm_decision_duration_seconds'),
      },
      counter('omcm_tasks', 'Routed tasks that have ended, by who worked on them last.', tasks),
      counter('omcm_task_failures', 'Routed tasks that have failed, by the code of the failure.', failures),
      {
        name: 'omcm_task_duration_seconds',
        help: 'From the call to the end of a routed task.',
        type: 'histogram',
        samples: [...taskTimes].flatMap(([name, times]) =>
          times.samples('omcm_task_duration_seconds', { provider: name }),
        ),
      },
      counter('omcm_tokens', 'Tokens of routed tasks, as their providers reported them.', tokens),
      counter('omcm_cost_usd', 'US dollars of routed tasks, as OpenCode reports them; 0: no price.', cost),
      counter('omcm_answer_tokens', 'Tokens of what was handed back to Claude, an estimate.', answers),
      counter(
        'omcm_claude_equivalent_tokens',
        'Tokens that finished tasks would have taken on Claude; less the answers, what was saved.',
        onClaude,
      ),
      counter('omcm_claude_tokens', 'Tokens that Claude itself has taken, from its transcripts.', claude),
    ],
  };
}

function addTokens(
  counts: LabelledCounter,
  labels: readonly string[],
  now: TokenUsage,
  before?: TokenUsage,
): void {
  for (const [key, type] of TOKEN_TYPES) {
    const grown = now[key] - (before?.[key] ?? 0);
    if (grown > 0) counts.add([...labels, type], grown);
  }
}

function counter(name: string, help: string, counts: LabelledCounter): MetricFamily {
  return { name: `${name}_total`, help, type: 'counter', samples: counts.samples() };
}
