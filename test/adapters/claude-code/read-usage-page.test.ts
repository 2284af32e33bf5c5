import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readUsagePage, type UsagePage } from '../../../src/adapters/claude-code/read-usage-page.ts';

const NOW = Date.UTC(2026, 0, 28, 12);
const TOKEN = 'sk-ant-oat01-secret';

type Ask = {
  readonly login?: string;
  readonly answer?: (response: ServerResponse) => void;
};

/** A usage page that answers so, asked with this login. */
async function ask({ login, answer = (response) => response.end('{}') }: Ask) {
  const folder = mkdtempSync(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN}-usage-`));
  const credentialsFile = join(folder, '.credentials.json');
  const expiresAt = NOW + 1;
  const whole = JSON.stringify({ claudeAiOauth: { accessToken: TOKEN, expiresAt } });
  writeFileSync(credentialsFile, login ?? whole);
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const page = await readUsagePage({ credentialsFile, now: NOW, url: `http://127.0.0.1:${port}/usage` });
  return { page, asked };
}

const status = (code: number, headers: Record<string, string> = {}) => ({
  answer: (response: ServerResponse) => void response.writeHead(code, headers).end(TOKEN),
});

describe("Claude's usage page", () => {
  it('is asked as Claude Code asks it, and gives the windows', async () => {
    const { page, asked } = await ask({
      answer: (response) =>
        response.end(
          JSON.stringify({
            five_hour: { utilization: 42.5, resets_at: '2026-01-28T14:00:00Z' },
            seven_day: { utilization: 17, resets_at: null },
            seven_day_opus: null,
            extra_usage: { is_enabled: false },
          }),
        ),
    });
    expect(page).toEqual({
      kind: 'read',
      windows: [
        { kind: 'five_hour', percent: 42.5, resetsAt: NOW + 7_200_000 },
        { kind: 'seven_day', percent: 17, resetsAt: null },
      ],
    });
    expect(asked[0]).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'anthropic-beta': 'oauth-2025-04-20',
      'user-agent': expect.stringMatching(/^claude-code\/\d/),
    });
  });

  it.each<[string, Ask, UsagePage]>([
    [
      'is busy, and says for how long',
      status(429, { 'retry-after': '90' }),
      { kind: 'busy', retryAfterMs: 90_000 },
    ],
    ['is busy', status(429), { kind: 'busy', retryAfterMs: null }],
    ['refuses the login', status(401), { kind: 'unusable', reason: 'refused' }],
    ['sends us elsewhere', status(302, { location: '/x' }), { kind: 'unusable', reason: 'unreachable' }],
    [
      'answers nonsense',
      { answer: (response) => void response.end(`<${TOKEN}>`) },
      { kind: 'unusable', reason: 'unreachable' },
    ],
    [
      'hangs up',
      { answer: (response) => void response.destroy() },
      { kind: 'unusable', reason: 'unreachable' },
    ],
  ])('%s', async (_, asking, expected) => {
    const { page } = await ask(asking);
    expect(page).toEqual(expected);
    expect(JSON.stringify(page), 'the token goes nowhere').not.toContain(TOKEN);
  });

  it.each<[string, string, UsagePage]>([
    ['there is no login', '{}', { kind: 'unusable', reason: 'no-login' }],
    ['the file makes no sense', 'x', { kind: 'unusable', reason: 'no-login' }],
    [
      'the login has expired',
      JSON.stringify({ claudeAiOauth: { accessToken: TOKEN, expiresAt: NOW } }),
      { kind: 'unusable', reason: 'login-expired' },
    ],
  ])('is not asked where %s', async (_, login, expected) => {
    expect(await ask({ login })).toEqual({ page: expected, asked: [] });
  });
});
