// The workload of the demo, in the mode in which Claude Code asks for everything: what is saved, and what is written?

import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import {
  referenceCalls,
  referencePrompt,
  scriptReferenceWorkload,
} from '../../../src/simulation/reference-workload.ts';
import { subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { sumUsage } from '../../../src/simulation/sum-usage.ts';
import { PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

it('saves 62 % of the tokens of Claude in default mode, with nothing written unasked', async () => {
  const omcm = await useOmcm({ config: { mode: 'fusion', engine: 'native-tools' } });
  const { providers, home } = omcm;
  scriptReferenceWorkload(providers, home.projectDir);
  const agents = writeReferenceAgents(home.root);
  const play = async (pluginDirs: readonly string[]) => {
    const before = providers.anthropic.journal().length;
    const run = await omcm.claude({
      prompt: referencePrompt,
      permissionMode: 'default',
      pluginDirs,
      timeoutMs: 90_000,
    });
    const reports = agentCalls(run.events).map(({ result }) => result?.report);
    expect(reports, run.stderr).toEqual(referenceCalls.map(({ report }) => report));
    return providers.anthropic.journal().slice(before);
  };

  const without = await play([agents]);
  await omcm.warm();
  const withOmcm = await play([PLUGIN_DIR, agents]);

  const saved = 100 * (1 - sumUsage(withOmcm).total / sumUsage(without).total);
  expect(saved).toBeGreaterThanOrEqual(62);
  const kept = withOmcm.filter((request) => subagentOf(request) !== undefined);
  const planner = referenceCalls.find(({ agent }) => agent.endsWith(':planner'));
  expect(kept.every(({ userTexts }) => userTexts.some((text) => text.includes(planner?.prompt ?? '-')))).toBe(
    true,
  );

  const refused = JSON.stringify(providers.google.journal().map(({ body }) => body));
  expect(refused, 'the writer has tried').toContain('requested permissions');
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: home.projectDir, encoding: 'utf8' });
  expect(changed).toBe('');
});
