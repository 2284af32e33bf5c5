import { describe, expect, it } from 'vitest';
import { useOmcm } from '../support/use-omcm.ts';
import { requestsOfChild, workWithFigures } from './tracking/calls-with-figures.ts';
import { expectFigures } from './tracking/expect-figures.ts';

describe('what is counted', () => {
  it('equals what the providers billed, to the token, over several steps and a session within a task', async () => {
    const omcm = await useOmcm();

    await workWithFigures({ omcm, lookUps: [2] });

    const { openai } = await expectFigures(omcm);
    expect(omcm.routingLog().filter(({ decision }) => decision === 'route')).toHaveLength(4);
    expect(openai).toHaveLength(1);
    expect(requestsOfChild(omcm)).toBe(3);
  });
});
