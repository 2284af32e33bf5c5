import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/cli/runs/run-result.ts';
import type { RunSummary } from '../../src/protocol/run.ts';
import type { Answer } from '../../src/simulation/answer.ts';
import type { JournaledRequest } from '../../src/simulation/journaled-request.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { buildCli } from '../cli/support/build-cli.ts';
import { runCli, startCli } from '../cli/support/run-cli.ts';
import { until } from '../daemon/support/until.ts';
import { stopProcess } from '../support/stop-process.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const cli = await buildCli();

type Task = { readonly id: string; readonly agent: string; readonly dependsOn: readonly string[] };

const task = (id: string, agent: string, ...dependsOn: readonly string[]): Task => ({ id, agent, dependsOn });

const diamond = (name: string): readonly Task[] => [
  task(`${name}-top`, 'Explore', 'first'),
  task(`${name}-left`, 'architect', `${name}-top`),
  task(`${name}-right`, 'Explore', `${name}-top`),
  task(`${name}-bottom`, 'Explore', `${name}-left`, `${name}-right`),
];

const TASKS: readonly Task[] = [
  task('first', 'Explore'),
  ...['a', 'b', 'c', 'd', 'e'].flatMap(diamond),
  task('reader', 'architect', 'first'),
  task('writer', 'executor', 'first'),
  task('last', 'Explore', 'a-bottom', 'b-bottom', 'c-bottom'),
];

const WORKERS = 8;
/** They are at work when the daemon is killed. */
const AT_WORK = ['c-left', 'reader', 'writer'];

const promptOf = (id: string) => `Look into ${id}.`;

/** 100 to 600 ms, a different one for each. */
const latencyOf = (id: string) => 100 + ((TASKS.findIndex((one) => one.id === id) * 137) % 500);

function answerAll({ providers: { anthropic, google, openai } }: Omcm): void {
  const asked = new Set<string>();
  const answer = ({ lastUserText }: JournaledRequest): Answer => {
    const id = /^Look into (.*)\.$/.exec(lastUserText)?.[1] ?? '';
    if (id === 'e-top') return { fault: { kind: 'garbage-body' } };
    const isSlow = id === 'd-left' || (AT_WORK.includes(id) && !asked.has(id));
    asked.add(id);
    return { text: `${id} is done`, delayMs: isSlow ? 30_000 : latencyOf(id) };
  };
  for (const provider of [google, openai]) provider.on({ answer });
  // What nobody else could begin is Claude's.
  anthropic.on({ answer: { fault: { kind: 'refused-key' } } });
}

function requestsFor({ providers: { google, openai } }: Omcm, id: string): readonly JournaledRequest[] {
  return [...google.journal(), ...openai.journal()].filter(
    ({ lastUserText }) => lastUserText === promptOf(id),
  );
}

/** How many requests were open at the moment at which each of them came. */
function openAtOnce({ providers: { google, openai } }: Omcm): readonly number[] {
  const all = [...google.journal(), ...openai.journal()];
  return all.map(({ at }) => all.filter((one) => one.at <= at && (one.endedAt ?? at) >= at).length);
}

describe('a batch', () => {
  it('of 24 tasks keeps its order, and each has one end, though one fails, one is cancelled and the daemon is killed', async () => {
    const omcm = await useOmcm({
      config: { mode: 'fusion', pool: { maxServers: 1 } },
      variables: { CLAUDE_CODE_MAX_RETRIES: '0' },
    });
    answerAll(omcm);
    const run = { env: omcm.env(), cwd: omcm.home.projectDir };
    const file = { tasks: TASKS.map((one) => ({ ...one, prompt: promptOf(one.id) })) };
    writeFileSync(join(omcm.home.projectDir, 'tasks.json'), JSON.stringify(file));
    const batch = ['batch', 'tasks.json', '--workers', String(WORKERS), '--permission-mode', 'acceptEdits'];

    const client = startCli(cli, [...batch, '--json'], run);
    const ask = async (...words: readonly string[]) =>
      JSON.parse((await runCli(cli, [...words, '--json'], run)).stdout);
    await until(() => [...AT_WORK, 'd-left'].every((id) => requestsFor(omcm, id).length === 1), 60_000);
    const [{ id: runId }] = (await ask('runs', 'list')) as [RunSummary];
    await runCli(cli, ['runs', 'cancel', runId, 'd-left'], run);
    const settled = (result: RunResult) => result.tasks.filter(({ end }) => end !== null);
    await until(async () => settled(await ask('runs', 'show', runId)).length === TASKS.length - 5, 20_000);
    const before = settled(await ask('runs', 'show', runId)).map(({ id }) => id);

    const killed = omcm.daemonPid() ?? 0;
    process.kill(killed, 'SIGKILL');
    await stopProcess(killed);
    const killedAt = Date.now();
    const { code, stdout } = await client.result;
    const result = JSON.parse(stdout) as RunResult;

    expect(code).toBe(4);
    const states = Object.fromEntries(result.tasks.map(({ id, state }) => [id, state]));
    const unusual = Object.entries(states).filter(([, state]) => state !== 'done');
    expect(Object.fromEntries(unusual)).toEqual({
      'd-left': 'cancelled',
      'd-bottom': 'skipped',
      'e-top': 'failed',
      'e-left': 'skipped',
      'e-right': 'skipped',
      'e-bottom': 'skipped',
      writer: 'interrupted',
    });
    expect(result.tasks.find(({ id }) => id === 'e-left')?.end).toMatchObject({
      because: { code: 'need-not-done', task: 'e-top', outcome: 'failed' },
    });

    // What had ended was not done again; what ran was, unless it may have written.
    for (const id of before) expect(requestsFor(omcm, id).filter(({ at }) => at > killedAt)).toEqual([]);
    const again = TASKS.filter(({ id }) => requestsFor(omcm, id).some(({ at }) => at > killedAt));
    expect(again.map(({ id }) => id)).toEqual(['c-left', 'c-bottom', 'reader', 'last']);

    // Needs come first, and what may run side by side does.
    for (const { id, dependsOn } of TASKS)
      for (const { at } of requestsFor(omcm, id))
        for (const need of dependsOn)
          expect(requestsFor(omcm, need).some(({ endedAt = Number.NaN }) => endedAt <= at)).toBe(true);
    expect(Math.max(...openAtOnce(omcm))).toBeGreaterThanOrEqual(6);
    expect(Math.max(...openAtOnce(omcm))).toBeLessThanOrEqual(WORKERS);

    // The whole story can be heard afterwards too.
    const story = await runCli(cli, ['runs', 'attach', runId], run);
    expect(story.code).toBe(4);
    for (const { id } of TASKS) {
      const ends = story.stderr.split('\n').filter((line) => new RegExp(`^${id}: (?!started)`).test(line));
      expect(ends, id).toHaveLength(1);
    }
  });

  it("has the real Claude Code do what stays on Claude, as its agent, and leaves that session's own subagents to it", async () => {
    const omcm = await useOmcm({
      config: { mode: 'fusion', claude: { args: ['--plugin-dir', PLUGIN_DIR] } },
    });
    const { anthropic, google } = omcm.providers;
    const { projectDir } = omcm.home;
    const definition = '---\nname: planner\ndescription: Plans.\n---\n\nYou plan like a gardener.\n';
    mkdirSync(join(projectDir, '.claude', 'agents'), { recursive: true });
    writeFileSync(join(projectDir, '.claude', 'agents', 'planner.md'), definition);
    google.on({ answer: ({ lastUserText }) => ({ text: `done: ${lastUserText}` }) });
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'Explore', prompt: 'Look for me.' }] }],
      finalAnswer: 'The plan.',
    });
    const tasks = [
      { id: 'plan', agent: 'planner', prompt: 'Plan it.' },
      { id: 'look', agent: 'Explore', prompt: 'Look into it.', dependsOn: ['plan'] },
    ];
    writeFileSync(join(projectDir, 'tasks.json'), JSON.stringify({ tasks }));
    const run = { env: omcm.env(), cwd: projectDir };
    const { code, stdout } = await runCli(cli, ['batch', 'tasks.json', '--json'], run);

    const result = JSON.parse(stdout) as RunResult;
    expect(result.tasks.map(({ text }) => text)).toEqual(['The plan.', 'done: Look into it.']);
    expect(code).toBe(0);
    const [asked] = anthropic.journal().filter((request) => request.lastUserText.includes('Plan it.'));
    expect(asked?.system).toContain('You plan like a gardener.');
    expect(anthropic.journal().some((request) => subagentOf(request) !== undefined)).toBe(true);
    expect(google.journal().map(({ lastUserText }) => lastUserText)).toEqual(['Look into it.']);
    const spent = anthropic.journal().reduce((sum, { usage }) => sum + (usage?.output ?? 0), 0);
    expect(result.tasks[0]?.work).toMatchObject({ provider: 'claude', model: asked?.model });
    expect(result.tasks[0]?.work?.tokens.output).toBeGreaterThan(0);
    expect(result.tasks[0]?.work?.tokens.output).toBeLessThanOrEqual(spent);
  });
});
