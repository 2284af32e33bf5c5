import { describe, expect, it } from 'vitest';
import { rateLimitHeaders } from '../../src/simulation/rate-limit-headers.ts';
import { workOn } from '../../src/simulation/scripted-work.ts';
import { until } from '../daemon/support/until.ts';
import { useOmcm } from '../support/use-omcm.ts';

describe('a session whose window at Claude is spent', () => {
  it('is gone on with by the chosen model, marked as such, until Claude answers again', async () => {
    const omcm = await useOmcm({ login: 'subscription', config: { mode: 'default', rescue: 'auto' } });
    const { anthropic, openai } = omcm.providers;
    const { projectDir } = omcm.home;
    const resetsAt = Date.now() + 3_600_000;
    const spent = {
      ...rateLimitHeaders({ percent: 100, resetsAt }),
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-5h-status': 'rejected',
    };
    const steps = [{ kind: 'read', path: 'README.md' }] as const;
    const work = { projectDir, steps, report: 'It says: a tiny till.' };
    openai.on({ answer: (request) => workOn(request, work) });
    const giveBack = anthropic.on({ answer: { fault: { kind: 'rate-limit' }, headers: spent } });
    await omcm.warm();

    const rescued = await omcm.claude({ prompt: 'What does the README say?' });

    expect(JSON.stringify(rescued.events), rescued.stderr).toContain('It says: a tiny till.');
    expect(JSON.stringify(rescued.events)).toContain("GPT-5.2 answers in Claude's place");
    const asked = openai.journal();
    expect(asked).toHaveLength(2);
    expect(JSON.stringify(asked[1]?.body), 'with its own tools').toContain('A tiny till: prices in cents');
    await until(() => omcm.outcomes().length === 1);
    expect(omcm.outcomes()).toMatchObject([{ agent: 'lead', failure: null, engine: 'native-tools' }]);
    expect(omcm.routingLog()).toMatchObject([{ agent: 'lead', reason: 'rescue-claude-limit' }]);

    giveBack();
    anthropic.on({
      answer: { text: 'Claude is back.', headers: rateLimitHeaders({ percent: 1, resetsAt }) },
    });

    const native = await omcm.claude({ prompt: 'And now?' });

    expect(JSON.stringify(native.events)).toContain('Claude is back.');
    expect(openai.journal(), 'nobody else was asked').toHaveLength(2);
  });
});
