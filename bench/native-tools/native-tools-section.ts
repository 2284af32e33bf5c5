import { withBenchHome } from '../bench-home.ts';
import { atLeast, atMost, type Findings, type Section } from '../section.ts';
import type { Summary } from '../statistics.ts';
import { type AddedPerStep, measureAddedPerStep } from './added-per-step.ts';
import { measureCrowd } from './crowd.ts';
import { NATIVE_TOOLS } from './play-subagents.ts';
import { measureTranslator } from './translator.ts';

const PROMPT = 'Do nothing, again and again.';
/** With Claude Code's own words around it, 700 KB. */
const LONG_PROMPT = `${PROMPT}\n${'Many words are said here, and none of them matters. '.repeat(12_900)}`;

export const NATIVE_TOOLS_SECTION: Section = {
  name: 'native-tools',
  about: 'time that a step takes longer which another model answers',
  measure: async () => {
    const translator = measureTranslator();
    const { step, long, crowd } = await withBenchHome(async (home) => {
      await home.warm();
      return {
        step: await measureAddedPerStep(home, PROMPT),
        long: await measureAddedPerStep(home, LONG_PROMPT),
        crowd: await measureCrowd(home, PROMPT),
      };
    }, NATIVE_TOOLS);
    return {
      rows: [
        atMost('added to a step, median', step.addedMs, [25, 'ms']),
        atMost(`added with a body of ${kb(long.bodyChars)} KB`, long.addedMs, [60, 'ms']),
        atLeast('subagents at work at once', crowd.peakOpen, [2, 'requests']),
      ],
      notes: [
        ...tell('a step', step),
        ...tell(`${kb(long.bodyChars)} KB`, long),
        `translator                ${kb(translator.bodyChars)} KB read in ${translator.readMs} ms, translated in ${translator.translateMs} ms: ${kb(translator.charsPerSecond)} KB/s`,
        `${crowd.subagents} subagents, 3 steps     ${crowd.ledMs} ms, native ${crowd.nativeMs} ms; ${crowd.peakOpen} requests open at most`,
        `memory of the daemon      ${crowd.restMb} MB, ${crowd.peakMb} MB with them: ${crowd.mbPerSubagent} MB each`,
      ],
      data: { step, long, translator, crowd },
    } satisfies Findings;
  },
};

function tell(name: string, { nativeMs, ledMs, addedByRoundMs }: AddedPerStep): readonly string[] {
  return [
    `${name}, led by another  ${line(ledMs)}`,
    `${name}, native          ${line(nativeMs)}`,
    `added, round by round     ${addedByRoundMs.join(', ')} ms`,
  ];
}

function line({ min, median, max, n }: Summary): string {
  return `${median} ms (${min} to ${max}, n ${n})`;
}

function kb(chars: number): number {
  return Math.round(chars / 1_000);
}
