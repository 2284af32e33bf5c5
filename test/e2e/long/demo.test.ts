import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { findBinaries } from '../../../src/simulation/find-binaries.ts';
import { referenceCalls, referencePrompt } from '../../../src/simulation/reference-workload.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { useSimulation } from '../../support/use-simulation.ts';
import { processesIn, type Report, startDemo, usePlace } from '../demo/start-demo.ts';

describe('omcm demo', () => {
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
