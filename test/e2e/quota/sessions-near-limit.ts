// Sessions near Claude's limit: what Claude says is spent, and who answered what was handed out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { rateLimitHeaders } from '../../../src/simulation/rate-limit-headers.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

/** Short, so that a test can wait for its end; the rest is as a user has it. */
export const DWELL_MS = 3_000;
export const FIVE_HOURS = 5 * 3_600_000;

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

export const BY_CLAUDE: Answered = { byClaude: 2, byOthers: 0 };
export const BY_OTHERS: Answered = { byClaude: 0, byOthers: 2 };

export function fallbackEvents(omcm: Omcm): readonly string[] {
  return readFileSync(join(omcm.stateDir, 'logs', 'omcmd.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; reason?: string })
    .filter(({ msg }) => msg.startsWith('fallback: '))
    .map(({ msg, reason }) => `${msg.slice('fallback: '.length)} ${reason}`);
}

/** A subscription whose window ends some time from now; `at` tells how much is spent, hands out two tasks, and says who answered. */
export async function useWindow(windowMs: number) {
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
  const resetsAt = Math.round(Date.now() / 1_000) * 1_000 + windowMs;
  const at = async (percent: number, end = resetsAt): Promise<Answered> => {
    const level = { percent, resetsAt: end };
    await ask(omcm, level);
    return work(omcm, level);
  };
  return { omcm, resetsAt, at };
}
