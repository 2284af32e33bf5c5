import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { scriptConductor } from '../../../src/simulation/scripted-conductor.ts';
import { until } from '../../daemon/support/until.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';
import { useRedis } from '../../support/use-redis.ts';

const FLASH = 'google/gemini-3-flash';
const CONFIG = {
  mode: 'fusion',
  targets: { flash: [FLASH, 'openai/gpt-5.2'] },
  execution: { share: ['circuits'], teamAccounts: ['google', 'openai'] },
};
const RESTS_S = 600;
/** Until somebody may ask again; longer than it takes to hear of it. */
const SHORT_S = 20;

async function lookUp(omcm: Omcm): Promise<string | undefined> {
  const { anthropic } = omcm.providers;
  const rounds = [{ calls: [{ agent: 'Explore', prompt: 'Look into it.' }] }];
  const stop = scriptConductor(anthropic, { rounds });
  const run = await omcm.claude({ prompt: 'go' });
  stop();
  return agentCalls(run.events)[0]?.result?.report;
}

async function omcmSays(omcm: Omcm, ...words: readonly string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [BUILT_CLI, ...words], {
    env: omcm.env({ LANG: 'C', NO_COLOR: '1' }),
    cwd: omcm.home.projectDir,
  });
  return (await run.catch((error: { stdout: string }) => error)).stdout;
}

it('has one of two machines meet a limit for both, until it is over, and both go on without Redis', async () => {
  const redis = await useRedis();
  const machine = async () => {
    const omcm = await useOmcm({ config: CONFIG, variables: { OMCM_REDIS_URL: redis.url } });
    omcm.providers.openai.on({ answer: { text: 'by GPT' } });
    await omcm.warm();
    await until(async () => (await omcm.status()).sharing?.redis === 'answers');
    return omcm;
  };
  const [first, second] = [await machine(), await machine()];
  first.providers.google.on({
    answer: { fault: { kind: 'rate-limit', retryAfterSeconds: RESTS_S } },
  });
  second.providers.google.on({ answer: { text: 'by Gemini' } });

  expect(await lookUp(first)).toBe('by GPT');
  expect(first.providers.google.journal()).toHaveLength(1);
  await until(async () => (await second.status()).resting?.length === 1);
  expect(await lookUp(second)).toBe('by GPT');
  expect(second.providers.google.journal(), 'it never asks').toEqual([]);

  const told = `found out by ${hostname()}`;
  expect(await omcmSays(second, 'status')).toContain(told);
  expect(await omcmSays(second, 'doctor')).toContain(told);
  expect(await omcmSays(second, 'why')).toContain(`as ${hostname()} of your team had found out`);
  expect(await omcmSays(first, 'status')).not.toContain(told);

  await redis.kill();
  for (const omcm of [first, second]) {
    await until(async () => (await omcm.status()).sharing?.redis === 'lost');
    expect(await lookUp(omcm)).toBe('by GPT');
  }
  expect([first, second].map(({ providers }) => providers.google.journal().length)).toEqual([1, 0]);

  await redis.start();
  await until(async () => (await second.status()).sharing?.redis === 'answers');
  const { openai } = first.providers;
  openai.on({ answer: { fault: { kind: 'rate-limit', retryAfterSeconds: SHORT_S } } });
  await lookUp(first);
  const refusedAt = openai.journal().at(-1)?.at ?? Number.POSITIVE_INFINITY;
  await until(async () => (await second.status()).resting?.length === 2);
  await until(async () => (await second.status()).resting?.length === 1, SHORT_S * 1_000 + 20_000);
  expect(await lookUp(second)).toBe('by GPT');
  expect(second.providers.openai.journal().at(-1)?.at).toBeGreaterThanOrEqual(refusedAt + SHORT_S * 1_000);
});
