import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/cli/ask/answer.ts';
import { until } from '../daemon/support/until.ts';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();

const script = (answer: object) => JSON.stringify(answer);

describe('omcm ask', { timeout: 60_000 }, () => {
  it('prints what each model says, with its tokens and seconds', async () => {
    const home = useCli(cli);
    const { code, stdout, stderr } = await home.omcm(['ask', 'Which queue?']);
    expect(code).toBe(0);
    expect(stderr).toBe('Asking openai/gpt-5.2, google/gemini-3-flash …\n');
    for (const model of ['openai/gpt-5.2', 'google/gemini-3-flash'])
      expect(stdout).toMatch(new RegExp(`^── ${model}  .*15 tokens in, 6 out.*\necho: Which queue\\?$`, 'm'));
  });

  it('gives a script the answers in the order in which the models were named, from a prompt on its input', async () => {
    const home = useCli(cli);
    const words = ['ask', '--models', 'gemini, gpt-5.2-codex', '-'];
    const { answers } = (await home.json(words, { input: script({ say: ['yes'] }) })) as {
      answers: Answer[];
    };
    expect(answers).toMatchObject([
      { model: 'google/gemini-3-flash', text: 'yes', failure: null, costUsd: 0.5 },
      { model: 'openai/gpt-5.2-codex', text: 'yes', failure: null },
    ]);
  });

  it('names what is connected where a model is not, and asks nobody', async () => {
    const home = useCli(cli);
    const { code, stderr } = await home.omcm(['ask', '--models', 'gpt-5.2,gpt-9', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('OpenCode has no such model connected: gpt-9.');
    expect(stderr).toContain('Connected are: google/gemini-3-flash, openai/gpt-5.2, openai/gpt-5.2-codex.');
    expect(home.journal().some(({ path }) => path?.endsWith('/prompt_async'))).toBe(false);
  });

  it('says why one that fails did not answer, and fails where none did', async () => {
    const home = useCli(cli);
    const refused = script({ refuse: 'Rate limit exceeded' });
    const { code, stdout } = await home.omcm(['ask', '--models', 'gpt-5.2', refused]);
    expect(code).toBe(4);
    expect(stdout).toContain('No answer: The provider refused the request: rate limit.');
    const again = await home.omcm(['ask', '--models', 'gpt-5.2,gemini', 'x']);
    expect(again.code, 'one answer is an answer').toBe(0);
    expect(again.stdout).toContain('It was not asked (all-models-rest-provider-rate-limited).');
    expect(again.stdout).toContain('echo: x');
  });

  it('is cancelled by Ctrl-C, at the models too', async () => {
    const home = useCli(cli);
    const running = home.start(['ask', '--models', 'gpt-5.2,gemini', script({ hang: true })]);
    const paths = () => home.journal().map(({ path = '' }) => path.split('/').at(-1));
    await until(() => paths().filter((path) => path === 'prompt_async').length === 2, 20_000);
    running.child.kill('SIGINT');
    expect((await running.result).code).toBe(130);
    await until(() => paths().filter((path) => path === 'abort').length === 2);
  });

  it('is refused over a budget, where nobody can be asked', async () => {
    const home = useCli(cli, { config: { budgets: { day: 20 } } });
    expect((await home.omcm(['ask', '--models', 'gpt-5.2', 'x'])).code).toBe(0);
    const { code, stderr } = await home.omcm(['ask', '--models', 'gpt-5.2', 'x', '--no-input']);
    expect(code).toBe(7);
    expect(stderr).toContain('today may take 20 tokens, 21 are used, and ~21 more are expected');
    expect((await home.omcm(['ask', '--models', 'gpt-5.2', 'x', '--yes'])).code).toBe(0);
  });
});
