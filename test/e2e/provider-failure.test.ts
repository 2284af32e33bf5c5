import { describe, expect, it } from 'vitest';
import { subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { useOmcm } from '../support/use-omcm.ts';
import { CONFIG, lookUp, movedAfterMs, PROMPT } from './provider-failure/look-up.ts';

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
});
