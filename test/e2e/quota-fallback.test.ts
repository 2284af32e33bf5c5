import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { rateLimitHeaders } from '../../src/simulation/rate-limit-headers.ts';
import { writeReferenceAgents } from '../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { MODS_OFF } from '../support/mods-off.ts';
import { hasTmux, startTmuxClaude } from '../support/tmux-claude.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

/** Short, so that a test can wait for its end; the rest is as a user has it. */
const DWELL_MS = 3_000;
const WINDOW_MS = 90_000;
const FIVE_HOURS = 5 * 3_600_000;

const AGENTS = ['oh-my-claudecode:planner', 'oh-my-claudecode:explore'];

type Level = { readonly percent: number; readonly resetsAt: number };

/** A session that asks Claude one thing: its answer tells how much is spent. */
async function ask(omcm: Omcm, level: Level): Promise<void> {
  const { anthropic } = omcm.providers;
  const remove = anthropic.on({ answer: { text: 'Hello.', headers: rateLimitHeaders(level) } });
  const run = await omcm.claude({ prompt: 'hello' });
  expect(run.exitCode, run.stderr).toBe(0);
  remove();
}

type Answered = { readonly byClaude: number; readonly byOthers: number };

/** A session that hands out the planner and a scout. Who answered them? */
async function work(omcm: Omcm, level: Level): Promise<Answered> {
  const { anthropic, openai, google } = omcm.providers;
  const count = () => ({
    byClaude: anthropic.journal().filter((request) => subagentOf(request) !== undefined).length,
    byOthers: openai.journal().length + google.journal().length,
  });
  const headers = rateLimitHeaders(level);
  const before = count();
  const remove = [
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'by Claude', headers },
    }),
    scriptConductor(anthropic, {
      headers,
      rounds: [{ calls: AGENTS.map((agent) => ({ agent, prompt: `work at ${level.percent}` })) }],
    }),
  ];
  const run = await omcm.claude({
    prompt: 'go',
    pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
  });
  for (const one of remove) one();
  expect(agentCalls(run.events).map(({ result }) => result?.isError)).toEqual([false, false]);
  const after = count();
  return { byClaude: after.byClaude - before.byClaude, byOthers: after.byOthers - before.byOthers };
}

const BY_CLAUDE: Answered = { byClaude: 2, byOthers: 0 };
const BY_OTHERS: Answered = { byClaude: 0, byOthers: 2 };

function fallbackEvents(omcm: Omcm): readonly string[] {
  return readFileSync(join(omcm.stateDir, 'logs', 'omcmd.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; reason?: string })
    .filter(({ msg }) => msg.startsWith('fallback: '))
    .map(({ msg, reason }) => `${msg.slice('fallback: '.length)} ${reason}`);
}

describe("Claude's window, as the real Claude Code reads it", { timeout: 240_000 }, () => {
  it('climbs, is spent, flickers, resets: suggested once, everything routed, and back', async () => {
    const omcm = await useOmcm({
      login: 'subscription',
      config: {
        mode: 'default',
        fallback: { dwellMinutes: DWELL_MS / 60_000 },
        opencode: { startTimeout: 80_000 },
      },
    });
    for (const provider of [omcm.providers.openai, omcm.providers.google])
      provider.on({ answer: { text: 'by another' } });
    await omcm.warm();
    const resetsAt = Math.round(Date.now() / 1_000) * 1_000 + WINDOW_MS;
    const at = async (percent: number, end = resetsAt): Promise<Answered> => {
      const level = { percent, resetsAt: end };
      await ask(omcm, level);
      return work(omcm, level);
    };

    expect(await at(60)).toEqual(BY_CLAUDE);
    expect(fallbackEvents(omcm)).toEqual([]);
    expect(await at(75)).toEqual(BY_CLAUDE);
    await expect.poll(() => fallbackEvents(omcm), { timeout: 5_000 }).toEqual(['suggested claude-usage-75%']);
    expect(await at(92)).toEqual(BY_OTHERS);
    const { fallback } = await omcm.status();
    expect(fallback).toMatchObject({
      active: true,
      reason: 'claude-limit-92%',
      trippedBy: 'fiveHour',
      resetsAt,
    });
    await sleep(DWELL_MS);
    expect(await at(89)).toEqual(BY_OTHERS);
    expect(await at(91)).toEqual(BY_OTHERS);
    expect(Date.now(), 'all of it happened within one window').toBeLessThan(resetsAt);

    await sleep(resetsAt + 500 - Date.now());
    expect((await omcm.status()).fallback?.active, 'nobody has confirmed the reset yet').toBe(true);
    expect(await at(40, resetsAt + FIVE_HOURS)).toEqual(BY_CLAUDE);
    await expect
      .poll(() => fallbackEvents(omcm), { timeout: 5_000 })
      .toEqual(['suggested claude-usage-75%', 'activated claude-limit-92%', 'returned window-reset']);
    const reasons = omcm.routingLog().map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === 'fallback-active')).toHaveLength(6);
  });

  it('is known from a refusal alone, where mods are off and nobody reads it', async () => {
    const omcm = await useOmcm({ login: 'subscription', config: { mode: 'default' } });
    await omcm.start();
    const resetsAt = Math.round(Date.now() / 60_000) * 60_000 + 3_600_000;
    const headers = {
      ...rateLimitHeaders({ percent: 100, resetsAt }),
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-5h-status': 'rejected',
    };
    omcm.providers.anthropic.on({ answer: { fault: { kind: 'rate-limit' }, headers } });

    // A headless session ends at once and may take its hook along before that has begun; the next one hears it again.
    await vi.waitFor(
      async () => {
        await omcm.claude({ prompt: 'hello', extraArgs: MODS_OFF });
        await vi.waitFor(async () => expect((await omcm.status()).fallback?.active).toBe(true), 5_000);
      },
      { timeout: 60_000 },
    );
    const { fallback } = await omcm.status();
    expect(fallback).toMatchObject({ trippedBy: 'fiveHour', resetsAt });
    expect(fallback?.readings).toMatchObject([{ percent: 100, source: 'limit-message' }]);
  });

  it.skipIf(!hasTmux)('is shown to the user in the session that met it (needs tmux)', async () => {
    const omcm = await useOmcm({ login: 'subscription', config: { mode: 'default' } });
    await omcm.start();
    const headers = rateLimitHeaders({ percent: 92, resetsAt: Date.now() + FIVE_HOURS });
    omcm.providers.anthropic.on({ answer: { text: 'Hello there.', headers } });
    const session = await startTmuxClaude({
      home: omcm.home,
      pluginDirs: [PLUGIN_DIR],
      env: { PATH: omcm.env().PATH ?? '' },
    });
    onTestFinished(() => session.kill());
    await session.waitFor('accept edits');

    await session.submit('hello');

    // A small box in the corner, whose lines break where it is narrow.
    await session.waitFor("OMCM: Claude's", 30_000);
  });
});
