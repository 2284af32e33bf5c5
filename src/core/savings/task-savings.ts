/**
 * What would a delegated task have taken on Claude, and what was saved?
 *
 * The same work is taken to need the same tokens; what Claude would have had to read and write again is not known, so
 * everything is a band:
 *
 *   low    what the provider counted as new input and as answer
 *   high   cached input and reasoning too, as if Claude had cached nothing and thought as long
 *   saved  that, less the answer that the lead session had to read
 *
 * A task that failed saved nothing: Claude did it again, or nobody did.
 */
import type { Tier } from '../agents/agent.ts';
import { countTokens } from '../delegation/count-tokens.ts';
import type { TokenUsage } from '../delegation/engine.ts';
import { findPrice, type ModelPrice, type Prices } from './price-table.ts';

export type Band = { readonly low: number; readonly high: number };

/** What one model spent on a task, as it was reported. */
export type ModelSpent = {
  readonly provider: string;
  readonly model: string;
  readonly tokens: TokenUsage;
  /** 0 also where OpenCode knows no price. */
  readonly costUsd: number;
};

export type TaskRecord = {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly agent: string;
  readonly sessionId: string | null;
  readonly directory: string | null;
  readonly failure: string | null;
  /** One for each model that was tried; the last one answered. */
  readonly spent: readonly ModelSpent[];
  /** An estimate; `null` in lines of an earlier version. */
  readonly answerTokens: number | null;
};

export type SavingsRules = {
  /** The model of Claude's that an agent of this tier would have run on. */
  readonly models: Readonly<Record<Tier, string>>;
  readonly tierOf: (agent: string) => Tier;
  readonly prices: Prices;
};

export type TaskSavings = {
  readonly task: TaskRecord;
  readonly claudeModel: string;
  /** What it would have taken on Claude. */
  readonly onClaude: { readonly tokens: Band; readonly usd: Band | null };
  /** What the answer took of the lead session. */
  readonly answer: { readonly tokens: number; readonly usd: number | null };
  /** `null`: not known. */
  readonly spentUsd: number | null;
  readonly savedTokens: Band;
  readonly savedUsd: Band | null;
};

const NOTHING: Band = { low: 0, high: 0 };

export function estimateTask(task: TaskRecord, rules: SavingsRules): TaskSavings {
  const claudeModel = rules.models[rules.tierOf(task.agent)];
  const spentUsd = sumKnown(task.spent.map((spent) => costOf(spent, rules.prices)));
  if (task.failure !== null) {
    const answer = { tokens: 0, usd: 0 };
    const savedUsd = spentUsd === null ? null : { low: -spentUsd, high: -spentUsd };
    const onClaude = { tokens: NOTHING, usd: NOTHING };
    return { task, claudeModel, onClaude, answer, spentUsd, savedTokens: NOTHING, savedUsd };
  }
  const answering = task.spent.at(-1);
  const onClaude =
    answering === undefined ? { tokens: NOTHING, usd: NOTHING } : onClaudeOf(answering, claudeModel, rules);
  const answer = answerOf(task.answerTokens ?? 0, rules);
  const savedTokens = less(onClaude.tokens, answer.tokens);
  const known = onClaude.usd !== null && answer.usd !== null && spentUsd !== null;
  const savedUsd = known ? less(onClaude.usd, answer.usd + spentUsd) : null;
  return { task, claudeModel, onClaude, answer, spentUsd, savedTokens, savedUsd };
}

/** Only the model that answered did work that Claude would have had to do; the others' was in vain. */
function onClaudeOf(
  { tokens }: ModelSpent,
  model: string,
  { prices }: SavingsRules,
): TaskSavings['onClaude'] {
  const price = findPrice(model, prices);
  return { tokens: bandOf(tokens), usd: price === null ? null : priceBand(tokens, price) };
}

/** Of a task that has finished, without its answer. */
export function tokensOnClaude(spent: readonly ModelSpent[]): Band {
  const answering = spent.at(-1);
  return answering === undefined ? NOTHING : bandOf(answering.tokens);
}

function bandOf(tokens: TokenUsage): Band {
  return { low: tokens.input + tokens.output, high: countTokens(tokens) };
}

function priceBand({ input, output, reasoning, cacheRead, cacheWrite }: TokenUsage, price: ModelPrice): Band {
  return {
    low: perMillion(input * price.input + cacheRead * price.cacheRead + output * price.output),
    high: perMillion(
      (input + cacheWrite) * price.cacheWrite + cacheRead * price.input + (output + reasoning) * price.output,
    ),
  };
}

/** The lead session is taken to be of the highest tier, and to keep the answer in its cache. */
function answerOf(tokens: number, { models, prices }: SavingsRules): TaskSavings['answer'] {
  const price = findPrice(models.high, prices);
  return { tokens, usd: price === null ? null : perMillion(tokens * price.cacheWrite) };
}

/** As reported; where it says nothing of a model that has worked, by the user's own price. */
function costOf({ provider, model, tokens, costUsd }: ModelSpent, prices: Prices): number | null {
  if (costUsd > 0 || countTokens(tokens) === 0) return costUsd;
  const full = `${provider}/${model}`;
  const price = findPrice(Object.hasOwn(prices, full) ? full : model, prices);
  if (price === null) return null;
  const { input, output, reasoning, cacheRead, cacheWrite } = tokens;
  const written = (output + reasoning) * price.output;
  return perMillion(
    input * price.input + cacheRead * price.cacheRead + cacheWrite * price.cacheWrite + written,
  );
}

function sumKnown(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
}

function less({ low, high }: Band, amount: number): Band {
  return { low: low - amount, high: high - amount };
}

function perMillion(amount: number): number {
  return amount / 1_000_000;
}
