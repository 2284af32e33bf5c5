/**
 * What does one decision cost? The full tree with 50 rules, and out of the cache, against what a hook process would
 * do for each call: read the configuration and the state files, then decide.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENTS } from '../src/core/agents/catalogue.ts';
import { parseProviderLimits } from '../src/core/quota/parse-provider-limits.ts';
import { decideRoute, type RouteInput } from '../src/core/routing/decide-route.ts';
import { createDecisionCache } from '../src/core/routing/decision-cache.ts';
import { completeRules } from '../src/core/routing/rules.ts';
import type { UserRule } from '../src/core/rules/user-rule.ts';
import { atMost, type Section } from './section.ts';

type Spread = {
  readonly medianUs: number;
  readonly p99Us: number;
  readonly n: number;
};

type DecisionFigures = {
  readonly full: Spread;
  readonly cached: Spread;
  /** As a hook process would: files read and parsed, rules compiled, then the same decision. */
  readonly readingFiles: Spread;
  readonly rules: number;
};

const CALLS = 100_000;
const CALLS_WITH_FILES = 2_000;
/** The first calls are run by the interpreter. */
const UNCOUNTED = 20_000;
const RULES = 50;

export const DECISION: Section = {
  name: 'decision',
  about: 'one decision',
  measure: async () => {
    const figures = measureDecision();
    const { full, cached, readingFiles } = figures;
    const line = (what: string, { medianUs, p99Us, n }: Spread) =>
      `${what}: ${medianUs} us (p99 ${p99Us}, n ${n})`;
    return {
      rows: [
        atMost(`decision, ${figures.rules} rules, p99`, full.p99Us, [20, 'us']),
        atMost('decision, cached, p99', cached.p99Us, [1, 'us']),
      ],
      notes: [
        line('decision, all rules', full),
        line('decision, cached', cached),
        line('decision, files read for each', readingFiles),
      ],
      data: figures,
    };
  },
};

function measureDecision(): DecisionFigures {
  const rules = completeRules({ rules: makeRules(), threshold: 90 });
  const inputs = AGENTS.map(({ name }, index) => toInput(name, rules, index));
  const cache = createDecisionCache();
  const folder = mkdtempSync(join(tmpdir(), 'omcm-bench-decision-'));
  try {
    const readInput = writeFiles(folder, rules);
    return {
      rules: RULES,
      full: measure(CALLS, UNCOUNTED, (at) => decideRoute(pick(inputs, at))),
      cached: measure(CALLS, UNCOUNTED, (at) => cache.explain(pick(inputs, at))),
      readingFiles: measure(CALLS_WITH_FILES, 200, (at) => decideRoute(readInput(at))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of every kind, and none of them fits: the tree is asked to its end. */
function makeRules(): readonly UserRule[] {
  const conditions: readonly UserRule['when'][] = [
    { agent: ['nobody', 'no-*', '!explore'] },
    { quota: ['>= 70', '< 71'], tier: 'high' },
    { mode: '!fusion', permissionMode: 'plan' },
    { quota: { weekly: '> 99' } },
    { promptChars: '> 1000000' },
  ];
  return Array.from({ length: RULES }, (_, index) => ({
    id: `rule-${index}`,
    priority: index % 7,
    action: 'force_claude',
    when: conditions[index % conditions.length],
  }));
}

const NOW = Date.UTC(2026, 0, 28, 12);
const LIMITS = {
  claude: {
    fiveHour: { percent: 42, resetsAt: '2026-01-28T15:00:00Z' },
    weekly: { percent: 17, resetsAt: '2026-02-01T00:00:00Z' },
    lastUpdated: '2026-01-28T11:58:00Z',
  },
};
const CONNECTED = new Set(['openai/gpt-5.2', 'openai/gpt-5.2-codex', 'google/gemini-3-flash']);

function toInput(agent: string, rules: RouteInput['rules'], index: number): RouteInput {
  return {
    agent: `oh-my-claudecode:${agent}`,
    rules,
    mode: 'fusion',
    fallback: { active: false },
    quota: parseProviderLimits(LIMITS, NOW),
    now: NOW + index,
    permissionMode: 'acceptEdits',
    connectedModels: CONNECTED,
    project: '/home/me/work/shop',
    minuteOfDay: 720,
    prompt: { chars: 2_000, files: [] },
  };
}

function writeFiles(folder: string, rules: RouteInput['rules']): (at: number) => RouteInput {
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  mkdirSync(folder, { recursive: true });
  write('config.json', rules);
  write('provider-limits.json', LIMITS);
  write('fallback-state.json', { fallbackActive: false });
  write('fusion-state.json', { enabled: true, mode: 'fusion' });
  return (at) => ({
    ...toInput(pick(AGENTS, at).name, read('config.json'), at),
    quota: parseProviderLimits(read('provider-limits.json'), NOW),
    fallback: { active: read('fallback-state.json').fallbackActive },
    enabled: read('fusion-state.json').enabled,
  });
}

function measure(calls: number, uncounted: number, decide: (at: number) => unknown): Spread {
  const times = new Float64Array(calls);
  for (let at = 0; at < uncounted; at += 1) decide(at);
  for (let at = 0; at < calls; at += 1) {
    const before = process.hrtime.bigint();
    decide(at);
    times[at] = Number(process.hrtime.bigint() - before) / 1_000;
  }
  times.sort();
  const quantile = (share: number) => Math.round((times[Math.floor(calls * share)] ?? 0) * 100) / 100;
  return { medianUs: quantile(0.5), p99Us: quantile(0.99), n: calls };
}

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
