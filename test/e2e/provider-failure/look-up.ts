// One scout with two candidates, and who answered it.
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { scriptConductor } from '../../../src/simulation/scripted-conductor.ts';
import type { Omcm } from '../../support/use-omcm.ts';

export const CONFIG = {
  mode: 'fusion',
  targets: { flash: ['google/gemini-3-flash', 'openai/gpt-5.2'] },
  opencode: { stallTimeout: 1_500 },
};
export const PROMPT = 'find "it" in\nthe 한국어 files  ';

export async function lookUp(omcm: Omcm): Promise<string | undefined> {
  const stop = scriptConductor(omcm.providers.anthropic, {
    rounds: [{ calls: [{ agent: 'Explore', prompt: PROMPT }] }],
  });
  const run = await omcm.claude({ prompt: 'go' });
  stop();
  return agentCalls(run.events)[0]?.result?.report;
}

/** How long the task was at the first provider before it was asked of the second. */
export function movedAfterMs({ providers: { google, openai } }: Omcm): number {
  return (openai.journal().at(-1)?.at ?? Number.POSITIVE_INFINITY) - (google.journal().at(-1)?.at ?? 0);
}
