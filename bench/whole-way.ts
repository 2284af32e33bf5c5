/** The sections that run the real Claude Code and OpenCode against simulated providers. */
import { type AddedContext, measureAddedContext } from './added-context.ts';
import { type AddedTime, measureAddedTime } from './added-time.ts';
import { withBenchHome } from './bench-home.ts';
import { atLeast, atMost, type Findings, type Section } from './section.ts';
import type { Summary } from './statistics.ts';
import { measureWarmAgainstCold, type WarmAgainstCold } from './warm-against-cold.ts';

export const ADDED_TIME: Section = {
  name: 'added-time',
  about: 'time that our route adds to an Agent call',
  measure: async () => tellAddedTime(await withBenchHome(measureAddedTime)),
};

export const WARM_AGAINST_COLD: Section = {
  name: 'warm-against-cold',
  about: 'a warm server against a cold process',
  measure: async () => tellWarmAgainstCold(await withBenchHome(measureWarmAgainstCold)),
};

export const ADDED_CONTEXT: Section = {
  name: 'added-context',
  about: "what the plugin adds to the conductor's context",
  measure: async () => tellAddedContext(await withBenchHome(measureAddedContext)),
};

function tellAddedTime(data: AddedTime): Findings {
  return {
    rows: [atMost('added time, median', data.addedMs, [15, 'ms'])],
    notes: [
      `added, round by round     ${data.addedByRoundMs.join(', ')} ms`,
      line('routed call', data.routedMs),
      line('native call', data.nativeMs),
      line('posted to a warm server', data.directMs),
    ],
    data,
  };
}

function tellWarmAgainstCold(data: WarmAgainstCold): Findings {
  return {
    rows: [atLeast('warm against cold, less', data.lessPercent, [95, '%'])],
    notes: [line('delegated, warm', data.warmMs), line('opencode run, cold', data.coldMs)],
    data,
  };
}

function tellAddedContext(data: AddedContext): Findings {
  return { rows: [atMost('added to the context', data.addedTokens, [60, 'tokens'])], notes: [], data };
}

function line(name: string, { min, median, max, n }: Summary): string {
  return `${name.padEnd(26)}${median} ms (${min} to ${max}, n ${n})`;
}
