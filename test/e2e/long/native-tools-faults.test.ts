// With the real Claude Code: a subagent whose model fails in the middle of its work is finished by Claude, in the same
// conversation; nobody is asked again and again, and nothing is left running.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Answer, Fault } from '../../../src/simulation/answer.ts';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { asObject, asObjects } from '../../../src/simulation/json.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { stepOf, stepsDone } from '../../../src/simulation/scripted-steps.ts';
import { until } from '../../daemon/support/until.ts';
import { endProcessesUnder } from '../../support/stop-process.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

const WORK: Answer = { toolUses: [{ name: 'Bash', input: { command: 'echo done-by-the-first' } }] };
const HALF = { text: 'half a sentence '.repeat(40) };
const BY_CLAUDE = 'Finished by Claude.';

const ofSubagents = ({ providers: { anthropic } }: Omcm) =>
  anthropic.journal().filter((request) => subagentOf(request) !== undefined);

const configFor = (model: string, opencode: object) => ({
  engine: 'native-tools',
  mode: 'fusion',
  agents: { 'general-purpose': { stays: false, model } },
  targets: { codex: [model] },
  opencode,
});

/** A subagent whose model does its first step well, and what is given for the second. */
async function useWorker(model: string, second: Answer, opencode: object = {}): Promise<Omcm> {
  const omcm = await useOmcm({ config: configFor(model, opencode) });
  const { anthropic, google, openai } = omcm.providers;
  for (const provider of [google, openai])
    provider.on({ answer: (request) => stepOf(request, [WORK, second]) });
  anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: BY_CLAUDE } });
  scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'general-purpose', prompt: 'do the work' }] }] });
  await omcm.warm();
  return omcm;
}

const play = (omcm: Omcm) =>
  omcm.claude({ prompt: 'go', permissionMode: 'acceptEdits', allowedTools: ['Task', 'Agent', 'Bash'] });

function expectFinishedByClaude(omcm: Omcm, asked: readonly JournaledRequest[], streams: boolean): void {
  expect(asked.map(stepsDone), 'no storm of retries').toEqual([0, 1]);
  const [request, ...more] = ofSubagents(omcm);
  expect(more).toEqual([]);
  expect(asObject(request?.body).stream === true).toBe(streams);
  const { messages } = asObject(request?.body);
  const blocks = asObjects(messages).flatMap(({ content }) => asObjects(content));
  const [call] = blocks.filter(({ type }) => type === 'tool_use');
  const [result] = blocks.filter(({ type }) => type === 'tool_result');
  expect(call?.id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  expect(result).toMatchObject({ tool_use_id: call?.id, content: 'done-by-the-first' });
  expect(JSON.stringify(messages), 'what nobody signed').not.toContain('"thinking"');
  expect(JSON.stringify(messages), 'what broke off').not.toContain('half a sentence');
}

const GEMINI = 'google/gemini-3-flash';
const GPT = 'openai/gpt-5.2';

describe('a model that fails in the middle of its work', () => {
  it.each<readonly [string, string, Fault, boolean]>([
    ['refuses for a limit', GEMINI, { kind: 'rate-limit', retryAfterSeconds: 60 }, true],
    ['has a fault', GPT, { kind: 'server-error' }, true],
    ['sends nothing at all', GPT, { kind: 'hang' }, true],
    ['sends garbage', GEMINI, { kind: 'garbage-body' }, true],
    ['sends an empty answer', GPT, { kind: 'empty-body' }, true],
    ['falls silent in the middle of a sentence', GPT, { kind: 'stall', afterChunks: 8 }, false],
    ['breaks off in the middle of a sentence', GEMINI, { kind: 'drop', afterChunks: 4 }, false],
  ])('and %s (%s): Claude finishes the same conversation', async (_, model, fault, streams) => {
    const omcm = await useWorker(model, { ...HALF, fault }, { stallTimeout: 3_000 });
    const { google, openai } = omcm.providers;

    const run = await play(omcm);

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({
      isError: false,
      report: BY_CLAUDE,
    });
    expectFinishedByClaude(omcm, (model === GPT ? openai : google).journal(), streams);
    await until(async () => (await omcm.status()).tasks.running === 0);
    await until(() => omcm.outcomes().length === 1);
    expect(omcm.outcomes()[0]?.failure).not.toBeNull();
  });
});

describe('whoever stands between goes away in the middle of an answer', () => {
  it('the daemon: Claude finishes', async () => {
    const omcm = await useWorker(GPT, { ...HALF, fault: { kind: 'stall', afterChunks: 8 } });
    onTestFinished(() => endProcessesUnder(omcm.home.root));
    const { openai } = omcm.providers;
    const running = play(omcm);
    await until(() => openai.journal().length === 2);
    process.kill(omcm.daemonPid() ?? 0, 'SIGKILL');

    const run = await running;

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({
      isError: false,
      report: BY_CLAUDE,
    });
    expect(openai.journal().map(stepsDone)).toEqual([0, 1]);
    expect(JSON.stringify(ofSubagents(omcm).at(-1)?.body)).toContain('done-by-the-first');
    expect(ofSubagents(omcm)).toHaveLength(1);
  });

  it('Claude Code: nobody answers on, and the daemon lives', async () => {
    const omcm = await useWorker(GEMINI, { text: 'too late', delayMs: 60_000 });
    const { google } = omcm.providers;
    const running = play(omcm);
    await until(() => google.journal().length === 2);
    for (const pid of claudeProcesses(omcm)) process.kill(pid, 'SIGINT');
    await running;

    await until(() => google.journal()[1]?.outcome === 'left');
    await until(async () => (await omcm.status()).tasks.running === 0);
    expect(google.journal()).toHaveLength(2);
    expect(ofSubagents(omcm)).toEqual([]);
  });
});

function claudeProcesses(omcm: Omcm): readonly number[] {
  const found = execFileSync('pgrep', ['-f', `claude.*--plugin-dir ${PLUGIN_DIR}`], { encoding: 'utf8' });
  return found
    .trim()
    .split('\n')
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8').includes(omcm.home.root));
}
