import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const TOKENS = { input: 9_000, output: 900, reasoning: 100, cacheRead: 2_000, cacheWrite: 0 };
const LINE = {
  timestamp: '2026-11-20T12:00:00.000Z',
  requestId: 'one',
  agent: 'explore',
  provider: 'gemini',
  model: 'gemini-3-flash',
  failure: null,
  tokens: TOKENS,
  costUsd: 0,
  durationMs: 1_000,
  sessionId: 's',
  directory: '/work/shop, the new one',
  spent: [{ provider: 'gemini', model: 'gemini-3-flash', tokens: TOKENS, costUsd: 0 }],
  answerTokens: 400,
};
const CLAUDE = {
  timestamp: '2026-11-20T12:00:00.000Z',
  sessionId: 's',
  directory: '/work/shop',
  agentId: null,
};

function useLogs(config: object = {}): CliHome {
  const home = useCli(cli, { config });
  const { sessionId, spent, answerTokens, directory, ...earlier } = LINE;
  const lines = [LINE, { ...earlier, requestId: 'two', timestamp: '2026-11-21T12:00:00.000Z', costUsd: 0.5 }];
  for (const line of lines) appendFileSync(home.paths.outcomeLogFile, `${JSON.stringify(line)}\n`);
  for (const output of [1, 50])
    appendFileSync(
      home.paths.claudeUsageFile,
      `${JSON.stringify({ ...CLAUDE, messageId: 'm', model: 'claude-opus-5-5', tokens: { ...TOKENS, output } })}\n`,
    );
  return home;
}

describe('omcm savings', () => {
  it('gives measured figures as they are, estimates with a ~, and says what is not known', async () => {
    const { stdout, code } = await useLogs().omcm(['savings']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/2026-11-20 +1 +12k \(11k↓ 1k↑\) +unknown +~9.9k–12k +~400 +~9.5k–11.6k +unknown/);
    expect(stdout).toMatch(/2026-11-21 +1 .* \$0.5 /);
    expect(stdout).toMatch(/total +2 +24k .*\$0.5, 1 unknown/);
    expect(stdout).toContain('lead session 11.2k (11k↓ 150↑), subagents 0');
    expect(stdout).toContain("Claude's prices as of 2026-");
  });

  it('gives the same as JSON, and takes the price that the user names', async () => {
    const price = { input: 1, output: 10, cacheRead: 0, cacheWrite: 0 };
    const home = useLogs({ savings: { prices: { 'gemini/gemini-3-flash': price } } });
    expect(await home.json(['savings', '--by', 'agent', '--since', '2026-11-20'])).toMatchObject({
      by: 'agent',
      rows: [{ key: 'explore', tasks: 2 }],
      total: { tasks: 2, failed: 0, spentUsd: 0.519, unknownCosts: 0, answerTokens: 400 },
      claude: { lead: { input: 9_000, output: 50 } },
      prices: { own: ['gemini/gemini-3-flash'] },
    });
    expect(await home.json(['savings', '--since', '2026-11-21'])).toMatchObject({
      total: { tasks: 1 },
      claude: { byModel: {} },
    });
  });

  it('gives CSV with one line for each row', async () => {
    const { stdout } = await useLogs().omcm(['savings', '--by', 'project', '--csv']);
    const lines = stdout.split('\r\n');
    expect(lines[0]).toMatch(/^project,tasks,failed,input,/);
    expect(lines).toContain('"/work/shop, the new one",1,0,9000,900,100,2000,0,,1,400,9500,11600,,');
  });

  it('traces each figure to the line that it comes from', async () => {
    const home = useLogs();
    const { stdout } = await home.omcm(['savings', '--explain']);
    expect(stdout).toContain(home.paths.outcomeLogFile);
    expect(stdout).toContain('requestId one  2026-11-20T12:00:00.000Z  explore');
    expect(stdout).toContain(
      '9000 input, 2000 from cache, 0 into cache, 900 output, 100 reasoning; no cost was reported',
    );
    expect(stdout).toContain('saved: ~9.5k–11.6k tokens, unknown (its cost is not known)');
    expect(await home.json(['savings', '--explain'])).toMatchObject({
      explained: [
        { task: { requestId: 'one' }, claudeModel: 'claude-haiku-5-5' },
        { task: { requestId: 'two' } },
      ],
    });
  });

  it('says so where there is nothing, in Korean too, and refuses what makes no sense', async () => {
    const home = useCli(cli, { config: { locale: 'ko' } });
    expect((await home.omcm(['savings'])).stdout).toContain('이 기간에 끝난 라우팅 작업이 없습니다.');
    expect((await home.omcm(['savings', '--by', 'moon'])).code).toBe(2);
  });
});
