/** Counts events into one span of time. Changed in place: it is on the way of every call. */
import type { TokenUsage } from '../delegation/engine.ts';
import type { Metrics, ProviderUsage } from './metrics.ts';
import type { TrackedEvent } from './tracked-event.ts';

/** Names come from whoever calls: beyond these a bucket says `other`. */
export const MOST_NAMES = 200;
const OTHER = 'other';

type Count = { n: number };
type Used = { -readonly [Key in keyof ProviderUsage]: number };

export type Tally = {
  add(event: TrackedEvent): void;
  addMetrics(metrics: Metrics): void;
  read(): Metrics;
};

export function createTally(): Tally {
  const byProvider = new Map<string, Count>();
  const byAgent = new Map<string, Count>();
  const used = new Map<string, Used>();
  let total = 0;
  const ended = { totalDuration: 0, count: 0, successes: 0, failures: 0 };
  const cache = { hits: 0, misses: 0 };

  const use = (provider: string, tokens: TokenUsage | undefined, costUsd = 0) => {
    const sum = entryOf(used, provider, nothingUsed);
    sum.costUsd += costUsd;
    if (tokens === undefined) return;
    sum.input += tokens.input;
    sum.output += tokens.output;
    sum.reasoning += tokens.reasoning;
    sum.cacheRead += tokens.cacheRead;
    sum.cacheWrite += tokens.cacheWrite;
  };

  return {
    add: (event) => {
      if (event.type === 'routing') {
        total += 1;
        entryOf(byProvider, event.provider, zero).n += 1;
        entryOf(byAgent, event.agent, zero).n += 1;
        if (event.cached === true) cache.hits += 1;
        else if (event.cached === false) cache.misses += 1;
        return;
      }
      ended.count += 1;
      ended.totalDuration += event.responseTime;
      if (event.success) ended.successes += 1;
      else ended.failures += 1;
      if (event.tokens !== undefined || event.costUsd !== undefined)
        use(event.provider, event.tokens, event.costUsd);
    },
    addMetrics: (metrics) => {
      const { performance: done } = metrics;
      total += metrics.routing.total;
      addCounts(byProvider, metrics.routing.byProvider);
      addCounts(byAgent, metrics.routing.byAgent);
      ended.totalDuration += done.totalDuration;
      ended.count += done.count;
      ended.successes += done.successes;
      ended.failures += done.failures;
      cache.hits += metrics.cache.hits;
      cache.misses += metrics.cache.misses;
      for (const [provider, usage] of Object.entries(metrics.usage)) use(provider, usage, usage.costUsd);
    },
    read: () => ({
      routing: { total, byProvider: readCounts(byProvider), byAgent: readCounts(byAgent) },
      performance: { ...ended },
      cache: { ...cache },
      usage: Object.fromEntries([...used].map(([provider, usage]) => [provider, { ...usage }])),
    }),
  };
}

/** The sum of several spans. */
export function sumMetrics(parts: Iterable<Metrics>): Metrics {
  const tally = createTally();
  for (const part of parts) tally.addMetrics(part);
  return tally.read();
}

function zero(): Count {
  return { n: 0 };
}

function nothingUsed(): Used {
  return { input: 0, output: 0, reasoning: 0, cacheRead: 0, cacheWrite: 0, costUsd: 0 };
}

function entryOf<T>(entries: Map<string, T>, name: string, create: () => T): T {
  const known = entries.get(name);
  if (known !== undefined) return known;
  const kept = entries.size < MOST_NAMES ? name : OTHER;
  const entry = entries.get(kept) ?? create();
  entries.set(kept, entry);
  return entry;
}

function addCounts(counts: Map<string, Count>, added: Readonly<Record<string, number>>): void {
  for (const [name, n] of Object.entries(added)) entryOf(counts, name, zero).n += n;
}

function readCounts(counts: ReadonlyMap<string, Count>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].map(([name, { n }]) => [name, n]));
}
