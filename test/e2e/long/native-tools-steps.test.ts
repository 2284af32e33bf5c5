// With the real Claude Code: what a subagent does with its tools while another model leads it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/simulation/answer.ts';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { stepOf, stepsDone } from '../../../src/simulation/scripted-steps.ts';
import { TOOLS_REPORT, toolSteps, writeThings } from '../../../src/simulation/scripted-tools.ts';
import type { SimulatedProvider } from '../../../src/simulation/simulated-provider.ts';
import { MCP_TOOL, writeMcpServer } from '../../../src/simulation/write-mcp-server.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

const GPT = 'openai/gpt-5.2';
const GEMINI = 'google/gemini-3-flash';
const ALLOWED = ['Task', 'Agent', 'Bash', 'Read', 'Edit', 'ToolSearch', 'WebSearch', MCP_TOOL];

const ledBy = (model: string, other: string) => ({
  engine: 'native-tools',
  mode: 'fusion',
  agents: { 'general-purpose': { stays: false, model } },
  targets: { codex: [other] },
});

async function play(omcm: Omcm) {
  const run = await omcm.claude({
    prompt: 'go',
    permissionMode: 'acceptEdits',
    allowedTools: ALLOWED,
    extraArgs: writeMcpServer(omcm.home.root),
  });
  expect(run.exitCode, run.stderr).toBe(0);
  return agentCalls(run.events)[0]?.result;
}

const ofSubagents = ({ providers: { anthropic } }: Omcm) =>
  anthropic.journal().filter((request) => subagentOf(request) !== undefined);

function readme({ home }: Omcm): string {
  return readFileSync(join(home.projectDir, 'README.md'), 'utf8').split('\n')[0] ?? '';
}

/** What a model was told of everything before its last answer. */
function told(request: JournaledRequest | undefined): string {
  return JSON.stringify(request?.body ?? null);
}

function expectEverything(asked: readonly JournaledRequest[], calls: number): void {
  expect(asked.map(stepsDone)).toEqual(Array.from({ length: calls }, (_, at) => at));
  const results = asked.at(-1)?.turns.flatMap(({ role, text }) => (role === 'tool' ? [text] : [])) ?? [];
  const signs = [
    'basket.js',
    'A tiny till',
    'does not exist',
    'nowhere',
    '[image follows]',
    '[application/pdf follows]',
    'has been updated',
    `The tool ${MCP_TOOL} can be called`,
    'tea costs 250 cents',
    'persisted-output',
  ];
  expect(results).toHaveLength(signs.length);
  signs.forEach((sign, at) => {
    expect(results[at]).toContain(sign);
  });
}

describe("a subagent with Claude Code's own tools", () => {
  it('goes all its steps with GPT, with Gemini, and with the two in turn, and Claude is asked for none', async () => {
    const omcm = await useOmcm({ config: ledBy(GPT, GEMINI) });
    const { anthropic, openai, google } = omcm.providers;
    const { projectDir } = omcm.home;
    writeThings(projectDir);
    const steps = toolSteps(projectDir);
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'general-purpose', prompt: 'Find out what tea costs.' }] }],
    });
    for (const provider of [openai, google]) lead(provider, steps);
    await omcm.warm();

    expect(await play(omcm)).toMatchObject({ isError: false, report: TOOLS_REPORT });
    expectEverything(openai.journal(), steps.length);
    expect(told(openai.journal().at(-1))).toContain('"type":"input_image"');
    expect(told(openai.journal().at(-1))).toContain('"type":"input_file"');
    expect(told(openai.journal()[0]), 'a tool that has to be looked up first').not.toContain(`"${MCP_TOOL}"`);
    expect(readme(omcm)).toBe('# The till');

    omcm.configure(ledBy(GEMINI, GPT));
    const again = steps.map((step, at) => (at === 3 ? backTo(projectDir) : step));
    lead(google, again);
    expect(await play(omcm)).toMatchObject({ isError: false, report: TOOLS_REPORT });
    expectEverything(google.journal(), steps.length);
    expect(told(google.journal().at(-1))).toContain('"inlineData"');
    expect(readme(omcm)).toBe('# Till');

    // Each refuses what the other takes, and by then the other has rested.
    const pause = { toolUses: [{ name: 'Bash', input: { command: 'sleep 2' } }] };
    const turns = [...Array.from({ length: 5 }, () => pause), { text: 'Rested.' }];
    const [seenByGoogle, seenByOpenai] = [google.journal().length, openai.journal().length];
    takeTurns(google, turns, 0);
    takeTurns(openai, turns, 1);
    expect(await play(omcm)).toMatchObject({ isError: false, report: 'Rested.' });
    const answered = (provider: SimulatedProvider, from: number) =>
      provider
        .journal()
        .slice(from)
        .filter(({ status }) => status === 200)
        .map(stepsDone);
    expect(answered(google, seenByGoogle)).toEqual([0, 2, 4]);
    expect(answered(openai, seenByOpenai)).toEqual([1, 3, 5]);

    expect(ofSubagents(omcm)).toEqual([]);
  });
});

function lead(provider: SimulatedProvider, steps: readonly Answer[]): void {
  provider.on({ answer: (request) => stepOf(request, steps) });
}

function takeTurns(provider: SimulatedProvider, steps: readonly Answer[], mine: 0 | 1): void {
  provider.on({
    answer: (request) =>
      stepsDone(request) % 2 === mine
        ? stepOf(request, steps)
        : { fault: { kind: 'rate-limit', retryAfterSeconds: 1 } },
  });
}

function backTo(projectDir: string): Answer {
  const file_path = join(projectDir, 'README.md');
  return {
    toolUses: [{ name: 'Edit', input: { file_path, old_string: '# The till', new_string: '# Till' } }],
  };
}
