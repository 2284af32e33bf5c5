/** What a call costs, measured with the real Claude Code: the sections that every release has to hold. */
import { measureAddedContext } from './added-context.ts';
import { measureAddedTime } from './added-time.ts';
import { withBenchHome } from './bench-home.ts';
import type { Section } from './section.ts';
import type { Summary } from './statistics.ts';
import { measureWarmAgainstCold } from './warm-against-cold.ts';

const say = (name: string, { min, median, max, n }: Summary) =>
  `${name.padEnd(36)}${median} ms (${min} to ${max}, n ${n})`;

const call: Section = {
  name: 'call',
  about: 'time that our route adds to an Agent call',
  measure: async () => {
    const { addedMs, addedByRoundMs, routedMs, nativeMs, directMs } = await withBenchHome(measureAddedTime);
    return {
      rows: [{ figure: 'added time, median', measured: addedMs, limit: '<= 15 ms', holds: addedMs <= 15 }],
      lines: [
        `${'added, round by round'.padEnd(36)}${addedByRoundMs.join(', ')} ms`,
        say('routed call', routedMs),
        say('native call', nativeMs),
        say('posted to a warm server', directMs),
      ],
    };
  },
};

const cold: Section = {
  name: 'cold',
  about: 'a warm server against a cold process',
  measure: async () => {
    const { lessPercent, warmMs, coldMs } = await withBenchHome(measureWarmAgainstCold);
    return {
      rows: [
        {
          figure: 'warm against cold, less',
          measured: lessPercent,
          limit: '>= 95 %',
          holds: lessPercent >= 95,
        },
      ],
      lines: [say('delegated, warm', warmMs), say('opencode run, cold', coldMs)],
    };
  },
};

const contextSection: Section = {
  name: 'context',
  about: "what the plugin adds to the conductor's context",
  measure: async () => {
    const { addedTokens } = await withBenchHome(measureAddedContext);
    return {
      rows: [
        {
          figure: 'added to the context',
          measured: addedTokens,
          limit: '<= 60 tokens',
          holds: addedTokens <= 60,
        },
      ],
      lines: [],
    };
  },
};

export const callSections: readonly Section[] = [call, cold, contextSection];
