import { describe, expect, it } from 'vitest';
import { useOmcm } from '../support/use-omcm.ts';
import { buildCli } from './support/build-cli.ts';
import { runCli } from './support/run-cli.ts';

const cli = await buildCli();

const LIMIT_MS = 90_000;

describe('omcm with the real OpenCode', () => {
  it(
    'has a task done, finds everything in order, and tells what the provider refused',
    async () => {
      const { providers, env, home } = await useOmcm({ name: '내 집 home' });
      const omcm = (...words: readonly string[]) => runCli(cli, words, { env: env(), cwd: home.projectDir });
      const report = 'Prices are formatted in src/money.js. 👛';
      const stopAnswering = providers.google.on({ answer: { text: report } });

      const done = await omcm('run', '--agent', 'explore', 'Where are "prices" formatted?\n어디?');
      expect(done).toMatchObject({ code: 0, stdout: `${report}\n` });
      expect(done.stderr).toMatch(/^Gemini 3 Flash · .* tokens in, .* out · .* · 0 files changed\n$/);
      const prompts = providers.google.journal().map(({ lastUserText }) => lastUserText);
      expect(prompts).toContain('Where are "prices" formatted?\n어디?');
      expect(providers.anthropic.journal()).toEqual([]);

      const { findings } = JSON.parse((await omcm('doctor', '--json')).stdout);
      const statuses = new Map(
        findings.map(({ id, status }: { id: string; status: string }) => [id, status]),
      );
      for (const id of ['claude-code', 'opencode', 'daemon', 'providers', 'target-oracle', 'target-flash']) {
        expect([id, statuses.get(id)]).toEqual([id, 'ok']);
      }

      stopAnswering();
      providers.google.on({ answer: { fault: { kind: 'rate-limit' } } });
      const refused = await omcm('run', '--agent', 'explore', 'again');
      expect(refused.code).toBe(4);
      expect(refused.stderr).toContain('omcm: The provider refused the request: rate limit.');

      expect((await omcm('daemon', 'stop', '--now')).code).toBe(0);
    },
    LIMIT_MS,
  );
});
