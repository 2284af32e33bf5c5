// With the real Claude Code, and nothing set but who may be asked: which engine answers whom, and what does a vendor see?

import { describe, expect, it } from 'vitest';
import { callDaemon } from '../../../src/client/call-daemon.ts';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import type { ClaudeRun } from '../../../src/simulation/run-claude.ts';
import { runProcess } from '../../../src/simulation/run-process.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { until } from '../../daemon/support/until.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { hasNamespaces, onManagedMachine } from '../../support/managed-machine.ts';
import { MODS_OFF } from '../../support/mods-off.ts';
import { runOmcm } from '../../support/run-omcm.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

const WRITER = 'oh-my-claudecode:writer';
const BY_CLAUDE = 'By Claude.';

/** What another engine than OpenCode would send: the tools of Claude Code. */
function asksWithClaudesTools({ body }: JournaledRequest): boolean {
  return JSON.stringify(body).includes('"name":"Read"');
}

async function useAuto(config: object = { mode: 'fusion' }): Promise<Omcm> {
  const omcm = await useOmcm({ config });
  const { anthropic, google } = omcm.providers;
  anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: BY_CLAUDE } });
  google.on({
    answer: (request) => ({
      text: asksWithClaudesTools(request) ? 'With Claude Code.' : 'With OpenCode.',
      usage: { input: asksWithClaudesTools(request) ? 100 : 9_000, output: 10 },
    }),
  });
  await omcm.warm();
  return omcm;
}

type Manner = Partial<Pick<ClaudeRun, 'extraArgs' | 'under'>>;

async function play(omcm: Omcm, agents: readonly string[], more: Manner = {}) {
  const { anthropic } = omcm.providers;
  const calls = agents.map((agent, at) => ({ agent, prompt: `look at it, ${at}` }));
  const remove = scriptConductor(anthropic, { rounds: [{ calls }] });
  const pluginDirs = [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)];
  const { events, stderr } = await omcm.claude({
    prompt: 'go',
    permissionMode: 'default',
    pluginDirs,
    ...more,
  });
  remove();
  const reports = agentCalls(events).map(({ result }) => result?.text ?? '');
  expect(reports, stderr).toHaveLength(agents.length);
  // Each has to be measured before the next is decided.
  await until(async () => (await omcm.status()).tasks.running === 0);
  return reports;
}

const engines = (omcm: Omcm) => omcm.routingLog().map(({ engine, engineWhy }) => [engine, engineWhy]);
const directly = (omcm: Omcm) => omcm.providers.google.journal().filter(asksWithClaudesTools);

/** What doctor finds of the engine; other findings may fail it. */
async function doctorOf({ home, env }: Omcm): Promise<string> {
  const args = [BUILT_CLI, 'doctor', '--json'];
  const run = { command: process.execPath, args, cwd: home.projectDir, env: env(), timeoutMs: 60_000 };
  const { stdout } = await runProcess(run);
  const { findings } = JSON.parse(stdout) as { findings: readonly { id: string; status: string }[] };
  return findings.find(({ id }) => id === 'engine')?.status ?? 'none';
}

async function noticeOfNewSession({ socketPath, home }: Omcm): Promise<string> {
  const body = { via: 'mod', sessionId: 'another', directory: home.projectDir };
  const { body: said } = await callDaemon({ socketPath, path: '/v1/sessions', method: 'POST', body });
  return (said as { notice: string | null }).notice ?? '';
}

describe('engine: auto', () => {
  it('sends a vendor nothing by itself before the user agrees, says once how to, and nothing after a never', async () => {
    const omcm = await useAuto();
    const { google } = omcm.providers;

    expect(await play(omcm, [WRITER, WRITER])).toEqual([
      expect.stringContaining(BY_CLAUDE),
      expect.stringContaining(BY_CLAUDE),
    ]);
    expect(google.journal(), 'nothing of a writer').toEqual([]);
    const notice = await noticeOfNewSession(omcm);
    expect(notice.split('`omcm consent google`')).toHaveLength(2);
    expect(await noticeOfNewSession(omcm)).toBe('');
    expect(await runOmcm(omcm, ['why'])).toContain('omcm consent google');

    await runOmcm(omcm, ['consent', 'gemini']);
    expect(await play(omcm, [WRITER, 'Explore'])).toEqual([
      expect.stringContaining('With Claude Code.'),
      expect.stringContaining('With OpenCode.'),
    ]);
    expect(engines(omcm).slice(-2)).toEqual(
      expect.arrayContaining([
        ['native-tools', 'writes'],
        ['opencode', 'reads'],
      ]),
    );

    await runOmcm(omcm, ['consent', '--never']);
    const before = google.journal().length;
    expect(await play(omcm, [WRITER])).toEqual([expect.stringContaining(BY_CLAUDE)]);
    expect(google.journal()).toHaveLength(before);
    expect(await play(omcm, ['Explore'])).toEqual([expect.stringContaining('With OpenCode.')]);
    expect(directly(omcm)).toHaveLength(1);
  });

  it('measures what a reader takes by either engine, and takes what costs less', async () => {
    const omcm = await useAuto();
    await runOmcm(omcm, ['consent', 'gemini', '--everywhere']);

    await play(omcm, Array(5).fill('Explore'));
    expect(directly(omcm)).toEqual([]);
    await play(omcm, ['Explore']);
    expect(engines(omcm).at(-1)).toEqual(['native-tools', 'trial']);
    await play(omcm, ['Explore']);
    expect(engines(omcm).at(-1)).toEqual(['opencode', 'reads']);

    omcm.configure({ mode: 'fusion', engine: 'native-tools' });
    await play(omcm, Array(4).fill('Explore'));
    omcm.configure({ mode: 'fusion' });
    expect(await play(omcm, ['Explore'])).toEqual([expect.stringContaining('With Claude Code.')]);
    expect(engines(omcm).at(-1)).toEqual(['native-tools', 'cheaper']);
    expect(omcm.outcomes().at(-1)).toMatchObject({ engine: 'native-tools', failure: null });
  });
});

describe('where Claude Code keeps its requests from plugins', () => {
  it.skipIf(!hasNamespaces)(
    'because its settings are managed: OpenCode takes who reads, Claude who writes, and doctor says so',
    async () => {
      const omcm = await useAuto({ mode: 'fusion', engine: 'native-tools' });
      await runOmcm(omcm, ['consent', 'gemini', '--everywhere']);
      const under = onManagedMachine(omcm.home.root, { cleanupPeriodDays: 20 });

      const [written, read] = await play(omcm, [WRITER, 'Explore'], { under });

      expect(written).toContain(BY_CLAUDE);
      expect(read).toContain('With OpenCode.');
      expect(directly(omcm)).toEqual([]);
      expect((await omcm.status()).seesRequests).toBe(false);
      expect(engines(omcm)).toContainEqual(['opencode', 'requests-unseen']);
      expect(await doctorOf(omcm)).toBe('warn');
    },
  );

  it('because mods are off: OpenCode takes who reads, Claude who writes', async () => {
    const omcm = await useAuto({ mode: 'fusion', engine: 'native-tools' });
    await runOmcm(omcm, ['consent', 'gemini', '--everywhere']);

    const [written, read] = await play(omcm, [WRITER, 'Explore'], { extraArgs: MODS_OFF });

    expect(written).toContain(BY_CLAUDE);
    expect(read).toContain('With OpenCode.');
    expect(directly(omcm)).toEqual([]);
    expect((await omcm.status()).seesRequests, 'no mod has said anything').toBeNull();
    expect(engines(omcm)).toContainEqual(['opencode', undefined]);
  });
});
