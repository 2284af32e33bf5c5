import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LiveState } from '../../src/core/live/live-state.ts';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { workOn } from '../../src/simulation/scripted-work.ts';
import { sumUsage } from '../../src/simulation/sum-usage.ts';
import { until } from '../daemon/support/until.ts';
import { treeOf, useCollector } from '../support/otlp-collector.ts';
import { runOmcm } from '../support/run-omcm.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const WRITER = { agent: 'oh-my-claudecode:writer', prompt: 'write down what the README says' };

const play = (omcm: Omcm, permissionMode: 'default' | 'acceptEdits') =>
  omcm.claude({
    prompt: 'go',
    permissionMode,
    pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
  });

const ofSubagents = ({ providers: { anthropic } }: Omcm) =>
  anthropic.journal().filter((request) => subagentOf(request) !== undefined);

describe("a subagent that another model leads, with Claude Code's own tools", () => {
  it('writes where the session may write, asks where it must ask, and is finished by Claude where the model fails', async () => {
    const collector = await useCollector();
    const tracing = { endpoint: collector.url };
    const omcm = await useOmcm({ config: { mode: 'fusion', engine: 'native-tools', tracing } });
    const { projectDir } = omcm.home;
    const { anthropic, google } = omcm.providers;
    const note = join(projectDir, 'note.md');
    const work = (report: string) => ({
      projectDir,
      steps: [
        { kind: 'read', path: 'README.md' },
        { kind: 'write', path: 'note.md', text: 'It says hello.\n' },
      ] as const,
      report,
    });
    const remove = google.on({ answer: (request) => workOn(request, work('Noted by Gemini.')) });
    scriptConductor(anthropic, { rounds: [{ calls: [WRITER] }] });
    await omcm.warm();

    const refused = await play(omcm, 'default');

    expect(agentCalls(refused.events)[0]?.result, refused.stderr).toMatchObject({
      isError: false,
      report: expect.stringContaining('Noted by Gemini.'),
    });
    expect(existsSync(note)).toBe(false);
    expect(ofSubagents(omcm)).toEqual([]);
    const asked = google.journal();
    expect(asked).toHaveLength(3);
    expect(asked[0]?.system, "the agent's own instructions").toContain('You');
    expect(JSON.stringify(asked[1]?.body)).toContain('A tiny till: prices in cents');
    expect(JSON.stringify(asked[2]?.body)).toContain('requested permissions');

    await play(omcm, 'acceptEdits');

    expect(readFileSync(note, 'utf8')).toBe('It says hello.\n');
    expect(ofSubagents(omcm)).toEqual([]);
    expect(google.journal()).toHaveLength(6);
    await until(() => omcm.outcomes().length === 2);
    const used = omcm.outcomes().map(({ tokens }) => tokens as { input: number; output: number });
    const { input, output } = sumUsage(google.journal());
    expect(used.reduce((sum, one) => sum + one.input, 0)).toBe(input);
    expect(used.reduce((sum, one) => sum + one.output, 0)).toBe(output);
    expect(omcm.outcomes().map(({ failure }) => failure)).toEqual([null, null]);

    const live = JSON.parse(await runOmcm(omcm, ['top', '--once', '--json'])) as LiveState;
    expect(live.tasks).toMatchObject(
      used.map((one) => ({ state: 'done', tokens: one.input + one.output, canCancel: false })),
    );
    expect(live.tasks[0]?.text).toContain('Noted by Gemini.');
    await until(
      () => collector.spans().filter(({ parentSpanId }) => parentSpanId === undefined).length === 2,
    );
    for (const root of collector.spans().filter(({ parentSpanId }) => parentSpanId === undefined))
      expect(treeOf(collector.spans(), root)).toMatchObject({
        name: 'invoke_agent writer',
        children: [
          { name: 'omcm.decision' },
          ...Array(3).fill({ name: 'chat gemini-3-flash', children: [] }),
        ],
      });

    remove();
    google.on({
      answer: (request) =>
        request.turns.some(({ role }) => role === 'tool')
          ? { fault: { kind: 'rate-limit', retryAfterSeconds: 120 } }
          : workOn(request, work('never said')),
    });
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'Finished by Claude.' },
    });

    const rescued = await play(omcm, 'acceptEdits');

    expect(agentCalls(rescued.events)[0]?.result).toMatchObject({
      report: expect.stringContaining('Finished by Claude.'),
    });
    expect(JSON.stringify(ofSubagents(omcm)[0]?.body), 'the same conversation').toContain('README.md');
  });
});
