import { describe, expect, it } from 'vitest';
import { useOmcm } from '../../support/use-omcm.ts';
import { requestsOfChild, workWithFigures } from '../tracking/calls-with-figures.ts';
import { expectFigures } from '../tracking/expect-figures.ts';

describe('what is counted over twenty calls', () => {
  it('equals what the providers billed, to the token', async () => {
    const omcm = await useOmcm();

    await workWithFigures({ omcm, lookUps: [8, 1, 8] });

    const { gemini, openai } = await expectFigures(omcm);
    const decided = omcm.routingLog();
    expect(decided).toHaveLength(20);
    expect(decided.filter(({ decision }) => decision === 'route')).toHaveLength(19);
    expect(openai).toHaveLength(1);
    expect(requestsOfChild(omcm)).toBe(3);
    // 17 look-ups with none to three steps before the answer; the parent's two, the child's three.
    expect(gemini).toHaveLength(17 + 25 + 2 + 3);
  });
});
