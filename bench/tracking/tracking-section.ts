/** What does it cost to keep count? */
import { createTotals } from '../../src/core/metrics/totals.ts';
import { type Metrics, MetricsCollector, RealtimeTracker, type TrackedEvent } from '../../src/index.ts';
import { atMost, type Section } from '../section.ts';
import { median } from '../statistics.ts';
import { timeCallsNs } from '../time-calls.ts';

const HELD = 100_000;
const MILLION = 1_000_000;
const HEAP_ROUNDS = 9;
const AGENTS = Array.from({ length: 29 }, (_, index) => `agent-${index}`);
const PROVIDERS = ['claude', 'openai', 'gemini'];

export const TRACKING: Section = {
  name: 'tracking',
  about: 'tracking: the ring and the buckets',
  measure: async () => {
    const { elapsedMs, total } = countMillion();
    if (total !== MILLION) throw new Error(`${total} of ${MILLION} events were counted`);
    const push = measurePush();
    return {
      rows: [
        atMost('tracking, a push to the ring', push.pushNs, [6, 'ns']),
        atMost('tracking, heap of 1,000 events', measureHeapKib(), [100, 'KiB']),
        atMost('tracking, getRecent(100) of 100,000', Math.round(measureRecentNs()) / 1_000, [5, 'us']),
        atMost('metrics, a decision recorded', measureDecidedNs(), [200, 'ns']),
        atMost('metrics, an ended task recorded', measureEndedNs(), [9 * 200, 'ns']),
        atMost('tracking, an event counted', measureCountedNs(), [200, 'ns']),
      ],
      notes: [
        `for comparison, a push to an array of 1,000 and a shift: ${push.arrayNs} ns`,
        `collector with 1,000,000 events: ${Math.round(elapsedMs)} ms`,
      ],
    };
  },
};

function eventAt(at: number): TrackedEvent {
  return {
    type: 'routing',
    timestamp: Date.now(),
    agent: AGENTS[at % AGENTS.length] ?? '',
    provider: PROVIDERS[at % PROVIDERS.length] ?? '',
    responseTime: 245,
  };
}

function measurePush() {
  const event = eventAt(0);
  const tracker = new RealtimeTracker();
  const array: TrackedEvent[] = Array.from({ length: 1_000 }, () => event);
  return {
    pushNs: timeCallsNs(() => {
      tracker.recordEvent(event);
      return '';
    }),
    arrayNs: timeCallsNs(() => {
      array.push(event);
      array.shift();
      return '';
    }),
  };
}

/** Of rounds the middle one: whatever else is allocated or collected meanwhile makes a round larger or smaller. */
function measureHeapKib(): number {
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
  const held: RealtimeTracker[] = [];
  const rounds = Array.from({ length: HEAP_ROUNDS }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const tracker = new RealtimeTracker();
    for (let at = 0; at < 1_000; at += 1) tracker.recordEvent(eventAt(at));
    collect();
    held.push(tracker);
    return (process.memoryUsage().heapUsed - before) / 1_024;
  });
  return Math.round(median(rounds) * 10) / 10;
}

function measureRecentNs(): number {
  const tracker = new RealtimeTracker({ capacity: HELD });
  for (let at = 0; at < HELD + 500; at += 1) tracker.recordEvent(eventAt(at));
  return timeCallsNs(() => (tracker.getRecent(100).length === 100 ? '' : null));
}

function measureCountedNs(): number {
  const metrics = new MetricsCollector();
  const events = Array.from({ length: 1_000 }, (_, at) => eventAt(at));
  let at = 0;
  return timeCallsNs(() => {
    at = at + 1 === events.length ? 0 : at + 1;
    metrics.record(events[at] ?? eventAt(at));
    return '';
  });
}

function measureDecidedNs(): number {
  const totals = createTotals();
  const events = Array.from({ length: 1_000 }, (_, at) => eventAt(at)).filter(
    ({ type }) => type === 'routing',
  );
  let at = 0;
  return timeCallsNs(() => {
    at = at + 1 === events.length ? 0 : at + 1;
    const event = events[at];
    if (event?.type === 'routing') totals.decided(event);
    return '';
  });
}

/** Nine of them: the task, its time, its tokens by five types, its cost, its answer. */
function measureEndedNs(): number {
  const totals = createTotals();
  const tokens = { input: 5_000, output: 800, reasoning: 200, cacheRead: 40_000, cacheWrite: 100 };
  const tasks = AGENTS.map((agent, at) => {
    const provider = PROVIDERS[at % PROVIDERS.length] ?? '';
    const spent = [{ provider, model: 'gemini-3-flash', tokens, costUsd: 0.01 }];
    return { agent, provider, failure: null, durationMs: 12_000, spent, answerTokens: 300 };
  });
  let at = 0;
  return timeCallsNs(() => {
    at = at + 1 === tasks.length ? 0 : at + 1;
    const task = tasks[at];
    if (task !== undefined) totals.ended(task);
    return '';
  });
}

function countMillion(): { readonly elapsedMs: number; readonly total: Metrics['routing']['total'] } {
  const metrics = new MetricsCollector();
  const startedAt = performance.now();
  for (let at = 0; at < MILLION; at += 1) metrics.record(eventAt(at));
  const elapsedMs = performance.now() - startedAt;
  return { elapsedMs, total: metrics.getTotals('days').routing.total };
}
