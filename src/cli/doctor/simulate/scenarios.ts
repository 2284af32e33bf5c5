/** What may go wrong, each played once, and what must be seen then. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournaledRequest } from '../../../simulation/journaled-request.ts';
import { rateLimitHeaders } from '../../../simulation/rate-limit-headers.ts';
import { subagentOf } from '../../../simulation/scripted-conductor.ts';
import { isGoneWithin } from '../../demo/processes/end-process.ts';
import type { Messages } from '../../messages.ts';
import type { ScenarioName } from './scenario-names.ts';
import type { Setting, Stage } from './stage.ts';

export type Step = { readonly ok: boolean; readonly what: string };
type Words = Messages['simulate'];

export type Scenario = Setting & {
  readonly play: (stage: Stage, words: Words) => Promise<readonly Step[]>;
};

const BY_GPT = 'answered by the simulated GPT';
const BY_GEMINI = 'answered by the simulated Gemini';
const BY_CLAUDE = 'answered by the simulated Claude';

const STALL_MS = 2_000;
const LONG_REST_S = 600;
const FIVE_HOURS = 5 * 3_600_000;
/** A server is asked to go, and forced after five seconds. */
const SWEPT_MS = 20_000;

const TWO_MODELS = { mode: 'fusion', targets: { flash: ['google/gemini-3-flash', 'openai/gpt-5.2'] } };

export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  '429': {
    config: TWO_MODELS,
    play: async (stage, words) => {
      const { google } = stage.providers;
      google.on({ answer: { fault: { kind: 'rate-limit', retryAfterSeconds: LONG_REST_S } } });
      answerOthers(stage);
      await stage.warm();
      const first = await stage.session();
      const second = await stage.session();
      return [
        { ok: google.journal().length > 0, what: words.refused() },
        { ok: first.report === BY_GPT && first.byClaude === 0, what: words.nextAnswered() },
        { ok: google.journal().length === 1 && second.report === BY_GPT, what: words.restsAfterwards() },
      ];
    },
  },
  hang: {
    config: { ...TWO_MODELS, opencode: { stallTimeout: STALL_MS } },
    play: async (stage, words) => {
      const { google } = stage.providers;
      google.on({ answer: { fault: { kind: 'hang' } } });
      answerOthers(stage);
      await stage.warm();
      const call = await stage.session();
      return [
        { ok: google.journal().some(({ outcome }) => outcome === 'left'), what: words.leftAlone(STALL_MS) },
        { ok: call.report === BY_GPT && call.byClaude === 0, what: words.nextAnswered() },
      ];
    },
  },
  orphan: {
    config: TWO_MODELS,
    play: async (stage, words) => {
      stage.providers.google.on({ answer: { text: BY_GEMINI } });
      answerOthers(stage);
      await stage.warm();
      const before = await stage.status();
      const servers = before.opencode.servers.flatMap(({ pid }) => pid ?? []);
      process.kill(before.pid, 'SIGKILL');
      await isGoneWithin(before.pid, SWEPT_MS);
      await stage.warm();
      const gone = await Promise.all(servers.map((pid) => isGoneWithin(pid, SWEPT_MS)));
      const call = await stage.session();
      const after = await stage.status();
      return [
        { ok: servers.length > 0 && gone.every(Boolean), what: words.serversGone() },
        { ok: after.pid !== before.pid, what: words.daemonAgain() },
        { ok: call.report === BY_GEMINI, what: words.answeredAgain() },
      ];
    },
  },
  limit92: {
    config: { mode: 'default' },
    login: 'subscription',
    play: async (stage, words) => {
      stage.providers.google.on({ answer: { text: BY_GEMINI } });
      await stage.warm();
      const resetsAt = Date.now() + FIVE_HOURS;
      const at = (percent: number) => {
        const headers = rateLimitHeaders({ percent, resetsAt });
        answerAsClaude(stage, headers);
        return stage.session({ headers });
      };
      const native = await at(40);
      // Its answers tell that so much is spent; the next session finds it known.
      await at(92);
      const routed = await at(92);
      const { fallback } = await stage.status();
      return [
        { ok: native.report === BY_CLAUDE && native.byOthers === 0, what: words.nativeBefore(40) },
        { ok: fallback?.active === true, what: words.fallbackOn(fallback?.reason ?? '–') },
        { ok: routed.report === BY_GEMINI && routed.byClaude === 0, what: words.routedAt(92) },
      ];
    },
  },
  'daemon-down': {
    config: TWO_MODELS,
    play: async (stage, words) => {
      answerOthers(stage);
      stage.providers.google.on({ answer: { text: BY_GEMINI } });
      // A file where its folder should be: it can neither listen nor log.
      const elsewhere = join(stage.home.root, 'not-a-folder');
      writeFileSync(elsewhere, '');
      const call = await stage.session({ env: { OMCM_HOME: join(elsewhere, 'omcm') } });
      return [
        { ok: call.report === BY_CLAUDE, what: words.claudeAnswered() },
        { ok: call.byOthers === 0, what: words.nobodyElse() },
      ];
    },
  },
};

function answerOthers(stage: Stage): void {
  stage.providers.openai.on({ answer: { text: BY_GPT } });
  answerAsClaude(stage);
}

function answerAsClaude({ providers }: Stage, headers: Readonly<Record<string, string>> = {}): void {
  const when = (request: JournaledRequest) => subagentOf(request) !== undefined;
  providers.anthropic.on({ when, answer: { text: BY_CLAUDE, headers } });
}
