import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { type Omcm, useOmcm } from '../support/use-omcm.ts';

const CONFIG = {
  mode: 'fusion',
  targets: { flash: ['google/gemini-3-flash', 'openai/gpt-5.2'] },
  opencode: { stallTimeout: 1_500 },
};
const PROMPT = 'find "it" in\nthe 한국어 files  ';

async function lookUp(omcm: Omcm): Promise<string | undefined> {
  const stop = scriptConductor(omcm.providers.anthropic, {
    rounds: [{ calls: [{ agent: 'Explore', prompt: PROMPT }] }],
  });
  const run = await omcm.claude({ prompt: 'go' });
  stop();
  return agentCalls(run.events)[0]?.result?.report;
}

/** How long the task was at the first provider before it was asked of the second. */
function movedAfterMs({ providers: { google, openai } }: Omcm): number {
  return (openai.journal().at(-1)?.at ?? Number.POSITIVE_INFINITY) - (google.journal().at(-1)?.at ?? 0);
}

describe('a provider that fails', () => {
  it('loses its tasks to the next candidate within two seconds, rests, and comes back after one probe', async () => {
    const omcm = await useOmcm({ config: CONFIG });
    const { google, openai } = omcm.providers;
    openai.on({ answer: { text: 'by GPT' } });
    await omcm.warm();

    const refuse = google.on({ answer: { fault: { kind: 'rate-limit', retryAfterSeconds: 3 } } });
    expect(await lookUp(omcm)).toBe('by GPT');
    expect(google.journal()).toHaveLength(1);
    expect(openai.journal().map(({ lastUserText }) => lastUserText)).toEqual([PROMPT]);
    expect(movedAfterMs(omcm)).toBeLessThan(2_000);
    refuse();

    // It has said for how long: until then nobody asks, and then one task does.
    google.on({ answer: { text: 'by Gemini' } });
    const restUntil = (google.journal()[0]?.at ?? 0) + 3_000;
    const reports: (string | undefined)[] = [];
    while (google.journal().length < 2 && reports.length < 4) reports.push(await lookUp(omcm));
    expect(google.journal().at(1)?.at).toBeGreaterThanOrEqual(restUntil);
    expect(reports.at(-1)).toBe('by Gemini');
    expect(await lookUp(omcm)).toBe('by Gemini');
  });

  it('and hangs loses its task when the patience is over, with the prompt as it was', async () => {
    const omcm = await useOmcm({ config: CONFIG });
    const { google, openai } = omcm.providers;
    openai.on({ answer: { text: 'by GPT' } });
    google.on({ answer: { fault: { kind: 'hang' } } });
    await omcm.warm();

    expect(await lookUp(omcm)).toBe('by GPT');
    expect(openai.journal().map(({ lastUserText }) => lastUserText)).toEqual([PROMPT]);
    expect(movedAfterMs(omcm)).toBeLessThan(1_500 + 2_000);
    expect(google.journal().map(({ outcome }) => outcome)).toEqual(['left']);
    expect(omcm.routingLog().at(-1)).toMatchObject({ reason: 'failed-provider-silent', next: 'next-model' });
    expect(omcm.outcomes()).toMatchObject([{ failure: null, provider: 'openai' }]);
  });

  it('leaves the call to Claude where no other is left, which is said, and is not asked again meanwhile', async () => {
    const omcm = await useOmcm({ config: CONFIG });
    const { anthropic, google, openai } = omcm.providers;
    for (const provider of [google, openai])
      provider.on({ answer: { fault: { kind: 'rate-limit', retryAfterSeconds: 600 } } });
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    await omcm.warm();

    expect(await lookUp(omcm)).toBe('by Claude');
    expect(await lookUp(omcm)).toBe('by Claude');

    expect([google.journal().length, openai.journal().length]).toEqual([1, 1]);
    expect(omcm.routingLog().at(-1)).toMatchObject({
      decision: 'native',
      reason: 'all-models-rest-provider-rate-limited',
    });
    const { resting } = await omcm.status();
    expect(resting?.map(({ key, code }) => `${key} ${code}`).sort()).toEqual([
      'google/gemini-3-flash provider-rate-limited',
      'openai/gpt-5.2 provider-rate-limited',
    ]);
  });

  it('is answered by nobody where Claude is spent as well, with the time at which something comes back', async () => {
    const omcm = await useOmcm({ config: { ...CONFIG, fallback: { chain: [] } } });
    const { anthropic, google, openai } = omcm.providers;
    for (const provider of [google, openai])
      provider.on({ answer: { fault: { kind: 'rate-limit', retryAfterSeconds: 600 } } });
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    await omcm.warm();
    expect(await lookUp(omcm)).toBe('by Claude');

    const fiveHour = { percent: 100, resetsAt: new Date(Date.now() + 3_600_000).toISOString() };
    writeFileSync(join(omcm.stateDir, 'provider-limits.json'), JSON.stringify({ claude: { fiveHour } }));
    const answer = await lookUp(omcm);

    expect(answer).toMatch(/was not run, and nothing was done: nobody can answer it now/);
    expect(answer).toMatch(/First back: (google|openai)\/\S+ in \d+ minutes/);
    expect(answer).toMatch(/five-hour window resets in 60 minutes/);
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toHaveLength(1);
    expect(omcm.routingLog().at(-1)).toMatchObject({ decision: 'block', target: 'nobody' });
  });
});
