import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import { referenceCalls, referencePrompt } from '../../src/simulation/reference-workload.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { BUILT_CLI } from '../support/built-cli.ts';
import { useSimulation } from '../support/use-simulation.ts';

type Call = {
  readonly agent: string;
  readonly route: boolean;
  readonly reason: string;
  readonly provider: string;
  readonly model: string;
  readonly requests: number;
  readonly tokens: { readonly input: number; readonly output: number };
  readonly startedMs: number;
  readonly durationMs: number;
  readonly claudeRequests: number;
};

type Report = {
  readonly ok: boolean;
  readonly calls: readonly Call[];
  readonly claudeTokens: { readonly without: number; readonly with: number; readonly savedPercent: number };
  readonly routedSubagents: { readonly calls: number; readonly claudeRequests: number };
  readonly problems: readonly unknown[];
  readonly folder: string | null;
};

/** A place in which the demo is alone: its HOME, and the folder for what is temporary. */
function usePlace() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN}-demo-`)));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [home, temp] = [join(root, 'home'), join(root, 'temp')];
  for (const folder of [home, temp]) mkdirSync(folder);
  const run = { OMCM_TEST_RUN: process.env.OMCM_TEST_RUN };
  return { root, home, temp, env: { PATH: process.env.PATH, HOME: home, TMPDIR: temp, ...run } };
}

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function startDemo(words: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [BUILT_CLI, 'demo', ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
  return { child, stdout, ended };
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = '';
  child[stream]?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return () => text;
}

/** Processes that have anything to do with the folder, by their environment or their command line. */
function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const about = command + readFileSync(`/proc/${pid}/environ`, 'utf8');
        return about.includes(folder) ? [command.replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
}

const nameOf = ({ agent }: Call) => agent.replace('oh-my-claudecode:', '');

describe('omcm demo', () => {
  it('routes subagents of the real Claude Code, saves at least 62 % of its tokens, and leaves nothing', async () => {
    const place = usePlace();
    const { code, stdout, stderr } = await startDemo(['--json'], place.env).ended;

    expect(code, stderr + stdout).toBe(0);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ ok: true, problems: [], folder: null });

    const { calls } = report;
    expect(calls.length).toBeGreaterThanOrEqual(6);
    const went = Object.fromEntries(calls.map((call) => [nameOf(call), `${call.provider}/${call.model}`]));
    expect(went).toMatchObject({
      explore: 'gemini/gemini-3-flash',
      writer: 'gemini/gemini-3-flash',
      architect: 'openai/gpt-5.2',
      researcher: 'openai/gpt-5.2',
    });
    const routed = calls.filter(({ route }) => route);
    expect(routed.map(({ reason }) => reason)).toEqual(
      routed.map((call) => `fusion-default-${nameOf(call)}`),
    );
    expect(calls.filter(({ route }) => !route)).toMatchObject([
      { agent: 'oh-my-claudecode:planner', reason: 'fusion-keeps-planner', provider: 'claude' },
    ]);

    expect(Math.max(...routed.map(({ requests }) => requests)), 'turns with tools').toBeGreaterThanOrEqual(5);
    expect(calls.every(({ tokens }) => tokens.input > 0 && tokens.output > 0)).toBe(true);
    const [first, ...others] = routed;
    const end = (first?.startedMs ?? 0) + (first?.durationMs ?? 0);
    expect(others.filter(({ startedMs }) => startedMs < end).length, 'at the same time').toBeGreaterThan(0);

    expect(routed.map(({ claudeRequests }) => claudeRequests)).toEqual(routed.map(() => 0));
    expect(report.routedSubagents).toMatchObject({ calls: routed.length, claudeRequests: 0 });
    const { without, with: withOmcm, savedPercent } = report.claudeTokens;
    expect(savedPercent).toBeGreaterThanOrEqual(62);
    expect(savedPercent).toBeCloseTo(100 * (1 - withOmcm / without), 0);

    expect(processesIn(place.root)).toEqual([]);
    expect(readdirSync(place.temp), 'temporary folders').toEqual([]);
    expect(readdirSync(place.home), 'the HOME of the user').toEqual([]);
  });

  it('ends everything that it has started when it is interrupted in the middle of a routed call', async () => {
    const place = usePlace();
    const demo = startDemo([], place.env);
    while (!demo.stdout().includes('fusion-default-') && demo.child.exitCode === null) await sleep(50);
    expect(processesIn(place.temp).join('\n'), 'a server at work').toContain('serve');

    demo.child.kill('SIGINT');
    const { code, stderr } = await demo.ended;

    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted');
    expect(processesIn(place.root)).toEqual([]);
    expect(readdirSync(place.temp)).toEqual([]);
  });

  it('plays before the providers that the user has, and changes nothing of theirs, with --live', async () => {
    const { providers, home } = await useSimulation();
    for (const { agent, prompt, report } of referenceCalls) {
      for (const provider of [providers.anthropic, providers.openai, providers.google]) {
        const isOther = provider === providers.anthropic;
        provider.on({
          when: (request) =>
            request.userTexts.some((text) => text.includes(prompt)) &&
            (!isOther || subagentOf(request) !== undefined),
          answer: { text: `${agent} by ${provider.vendor}: ${report}` },
        });
      }
    }
    scriptConductor(providers.anthropic, {
      prompt: referencePrompt,
      rounds: [{ calls: referenceCalls.map(({ agent, prompt }) => ({ agent, prompt })) }],
    });
    const opencode = dirname(findBinaries().opencode ?? '');
    const env = home.env({ PATH: `${opencode}:${process.env.PATH}` });
    const settings = readFileSync(join(home.home, '.config/opencode/opencode.json'), 'utf8');

    const refused = await startDemo(['--live', '--json'], env).ended;
    expect(refused.code, 'nobody can be asked').toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'not-confirmed' } });

    const { code, stdout, stderr } = await startDemo(['--live', '--yes', '--json'], env).ended;

    expect(code, stderr + stdout).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({
      ok: true,
      problems: [],
      routedSubagents: { calls: 6, claudeRequests: 0 },
    });
    expect(report.claudeTokens.without).toBeGreaterThan(report.claudeTokens.with);
    expect(readFileSync(join(home.home, '.config/opencode/opencode.json'), 'utf8')).toBe(settings);
    expect(processesIn(home.root)).toEqual([]);
    expect(readdirSync(join(home.root, 'tmp')).filter((name) => name.startsWith('omcm-demo'))).toEqual([]);
  });
});
