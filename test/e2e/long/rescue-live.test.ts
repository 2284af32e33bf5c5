// With the real Claude Code in a terminal: its user is asked whether another model shall go on, says yes in the prompt,
// sees who answers until when, and has Claude back by itself.

import { describe, expect, it, onTestFinished } from 'vitest';
import type { LiveState } from '../../../src/core/live/live-state.ts';
import type { RescueStatus } from '../../../src/protocol/rescue.ts';
import { rateLimitHeaders } from '../../../src/simulation/rate-limit-headers.ts';
import { workOn } from '../../../src/simulation/scripted-work.ts';
import { until } from '../../daemon/support/until.ts';
import { useCollector } from '../../support/otlp-collector.ts';
import { runOmcm } from '../../support/run-omcm.ts';
import { hasTmux, startTmuxClaude } from '../../support/tmux-claude.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

const rescues = async (omcm: Omcm) =>
  JSON.parse(await runOmcm(omcm, ['rescue', 'status', '--json'])) as RescueStatus;

describe.skipIf(!hasTmux)(
  'a session whose window is spent, where its user is to be asked (needs tmux)',
  () => {
    it('is gone on with after a yes alone, shown wherever one looks, and Claude’s again at the reset', async () => {
      const collector = await useCollector();
      const omcm = await useOmcm({
        login: 'subscription',
        config: {
          mode: 'default',
          rescue: 'ask',
          hud: { place: 'footer', preset: 'minimal' },
          tracing: { endpoint: collector.url },
        },
      });
      const { anthropic, openai } = omcm.providers;
      const { projectDir } = omcm.home;
      const resetsAt = Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000;
      const spent = {
        ...rateLimitHeaders({ percent: 100, resetsAt }),
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-5h-status': 'rejected',
      };
      const work = {
        projectDir,
        steps: [{ kind: 'read', path: 'README.md' }] as const,
        report: 'It says: a tiny till.',
      };
      openai.on({ answer: (request) => workOn(request, work) });
      const giveBack = anthropic.on({ answer: { fault: { kind: 'rate-limit' }, headers: spent } });
      await omcm.warm();
      const session = await startTmuxClaude({
        home: omcm.home,
        pluginDirs: [PLUGIN_DIR],
        env: { PATH: omcm.env().PATH ?? '' },
      });
      onTestFinished(() => session.kill());
      await session.waitFor('accept edits on');

      await session.submit('What does the README say?');
      await session.waitFor('type "rescue on"', 40_000);
      const offered = await rescues(omcm);
      expect(offered).toMatchObject({
        rescue: 'ask',
        sessions: [{ state: 'offered', model: 'GPT-5.2', until: resetsAt }],
      });
      expect(openai.journal(), 'nothing goes to anybody without a yes').toEqual([]);

      await session.submit('rescue on');
      await session.waitFor('It says: a tiny till.', 40_000);
      const screen = await session.waitFor('GPT-5.2 for Claude');
      expect(screen).toContain("GPT-5.2 answers in Claude's place");
      expect(JSON.stringify(openai.journal()[0]?.body)).toContain('What does the README say?');
      const systems = openai.journal().map(({ system }) => system ?? '');
      expect(systems.join(), 'who it is').not.toMatch(
        /You are Claude Code|powered by the model named (?!GPT-5\.2)|x-anthropic-/,
      );
      const { sessions } = await rescues(omcm);
      expect(sessions).toMatchObject([{ state: 'answering', model: 'GPT-5.2', until: resetsAt }]);
      expect((await runOmcm(omcm, ['status'])).replaceAll('\n', ' ')).toMatch(
        /GPT-5\.2 answers in Claude's place since .*, until /,
      );
      const live = JSON.parse(await runOmcm(omcm, ['top', '--once', '--json'])) as LiveState;
      expect(live.levels.rescues).toEqual(sessions);
      expect(live.tasks).toMatchObject([{ agent: 'lead', target: 'openai/gpt-5.2', canCancel: false }]);
      await until(() => collector.spans().some(({ name }) => name === 'omcm.decision'));
      const decided = collector.spans().find(({ name }) => name === 'omcm.decision');
      expect(decided?.attributes).toMatchObject({
        'omcm.decision.reason': 'rescue-claude-limit',
        'omcm.rescue.until': new Date(resetsAt).toISOString(),
      });

      giveBack();
      anthropic.on({
        answer: { text: 'Claude is back.', headers: rateLimitHeaders({ percent: 1, resetsAt }) },
      });
      const asked = openai.journal().length;
      await session.submit('And now?');
      await session.waitFor('Claude is back.', 40_000);
      await until(async () => (await rescues(omcm)).sessions.length === 0);
      await session.waitFor((shown) => !shown.includes('GPT-5.2 for Claude'));
      expect(openai.journal()).toHaveLength(asked);

      const refusing = anthropic.on({ answer: { fault: { kind: 'rate-limit' }, headers: spent } });
      await session.submit('rescue off');
      await until(async () => (await rescues(omcm)).sessions[0]?.state === 'refused');
      await session.submit('Anybody?');
      refusing();
      expect(openai.journal(), 'nobody is asked after a no').toHaveLength(asked);
    });
  },
);
