import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { Answer } from '../../../src/cli/ask/answer.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

const QUESTION = 'Which data structure fits a till?';
const MODELS = 'openai/gpt-5.2,openai/gpt-5.2-codex,google/gemini-3-flash';
const USAGE = { input: 70, output: 9 };

/** Not synchronously: the simulated providers answer from this process. */
async function ask(home: Omcm, words: readonly string[]) {
  const child = spawn(process.execPath, [BUILT_CLI, 'ask', ...words], {
    env: home.env(),
    cwd: home.home.projectDir,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => (stdout += piece));
  child.stderr.on('data', (piece) => (stderr += piece));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

const isAbout = ({ lastUserText }: JournaledRequest) => lastUserText.includes(QUESTION);

it('asks three models at the same time, who may look at the project, and prints what each said or why it did not', async () => {
  const home = await useOmcm();
  const { anthropic, openai, google } = home.providers;
  for (const model of ['gpt-5.2', 'gpt-5.2-codex'])
    openai.on({
      when: (request) => request.model === model,
      answer: { text: `a list, says ${model}`, delayMs: 2_000, usage: USAGE },
    });
  google.on({ answer: { text: 'a map, says gemini', delayMs: 2_000, usage: USAGE } });
  await home.warm();

  const three = await ask(home, ['--models', MODELS, '--json', QUESTION]);

  expect(three.code, three.stderr).toBe(0);
  const { answers } = JSON.parse(three.stdout) as { answers: readonly Answer[] };
  expect(answers.map(({ model, text, failure }) => [model, text, failure])).toEqual([
    ['openai/gpt-5.2', 'a list, says gpt-5.2', null],
    ['openai/gpt-5.2-codex', 'a list, says gpt-5.2-codex', null],
    ['google/gemini-3-flash', 'a map, says gemini', null],
  ]);
  expect(answers.map(({ tokens }) => [tokens?.input, tokens?.output])).toEqual([
    [70, 9],
    [70, 9],
    [70, 9],
  ]);

  const requests = [...openai.journal(), ...google.journal()].filter(isAbout);
  expect(requests).toHaveLength(3);
  const lastBegun = Math.max(...requests.map(({ at }) => at));
  const firstEnded = Math.min(...requests.map(({ endedAt = Number.POSITIVE_INFINITY }) => endedAt));
  expect(lastBegun, 'all were asked before any had answered').toBeLessThan(firstEnded);
  for (const { toolNames } of requests) {
    expect(toolNames).toContain('read');
    for (const tool of ['edit', 'write', 'bash', 'apply_patch']) expect(toolNames).not.toContain(tool);
  }
  expect(anthropic.journal()).toEqual([]);

  google.on({ answer: { fault: { kind: 'rate-limit' } } });
  const two = await ask(home, ['--models', 'gpt-5.2,gemini', QUESTION]);
  expect(two.code, 'one answer is an answer').toBe(0);
  expect(two.stdout).toMatch(
    /── openai\/gpt-5\.2 {2}\d.* s · 70 tokens in, 9 out.*\na list, says gpt-5\.2\n/,
  );
  expect(two.stdout).toMatch(
    /── google\/gemini-3-flash.*\nNo answer: The provider refused the request: rate limit/,
  );

  expect(home.outcomes().map(({ agent, failure }) => [agent, failure])).toEqual(
    expect.arrayContaining([
      ['ask', null],
      ['ask', 'provider-rate-limited'],
    ]),
  );
});
