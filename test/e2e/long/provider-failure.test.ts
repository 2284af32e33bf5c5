import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { useOmcm } from '../../support/use-omcm.ts';
import { CONFIG, lookUp, movedAfterMs, PROMPT } from '../provider-failure/look-up.ts';

describe('a provider that fails', () => {
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
