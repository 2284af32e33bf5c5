import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { findBinaries } from '../../../src/simulation/find-binaries.ts';
import { scriptConductor } from '../../../src/simulation/scripted-conductor.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

/** The real OpenCode, but for one of its commands, which ends at once. */
function opencodeWithout(omcm: Omcm, command: string): void {
  const file = join(omcm.home.root, 'opencode-without');
  const real = findBinaries().opencode;
  writeFileSync(
    file,
    `#!/bin/sh\nfor word in "$@"; do [ "$word" = ${command} ] && exit 3; done\nexec ${real} "$@"\n`,
  );
  chmodSync(file, 0o755);
}

async function useWithout(command: string, strategy: string): Promise<Omcm> {
  const omcm = await useOmcm({
    config: (home) => ({
      mode: 'fusion',
      opencode: { command: join(home.root, 'opencode-without'), strategy },
    }),
  });
  opencodeWithout(omcm, command);
  return omcm;
}

async function expectRouted(omcm: Omcm): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { anthropic, google } = omcm.providers;
  google.on({ answer: { text: 'the report', usage: { input: 70, output: 9 } } });
  scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'say "hi" 한국어' }] }] });
  const run = await omcm.claude({ prompt: 'go' });
  expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({
    isError: false,
    report: 'the report',
  });
  expect(google.journal().map(({ lastUserText }) => lastUserText)).toEqual(['say "hi" 한국어']);
  return omcm.outcomes().at(-1);
}

describe('a subagent of the real Claude Code is answered', () => {
  it.each(['run', 'acp'] as const)('over %s where the user asks for it', async (strategy) => {
    const omcm = await useOmcm({ config: { mode: 'fusion', opencode: { strategy } } });
    expect(await expectRouted(omcm)).toMatchObject({
      failure: null,
      strategy,
      strategyReason: 'asked',
      tokens: { input: 70, output: 9 },
    });
  });

  it('over a process of its own where no server starts, and the log says why', async () => {
    const omcm = await useWithout('serve', 'auto');
    expect(await expectRouted(omcm)).toMatchObject({
      failure: null,
      strategy: 'run',
      fellFrom: 'serve',
      strategyReason: expect.stringMatching(/^(server-start-failed|no-server)$/),
    });
  });

  it('over a server where there is no ACP, and the log says why', async () => {
    const omcm = await useWithout('acp', 'acp');
    expect(await expectRouted(omcm)).toMatchObject({
      failure: null,
      strategy: 'serve',
      fellFrom: 'acp',
      strategyReason: 'acp-start-failed',
    });
  });
});
