import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { hasTmux, startTmuxClaude } from '../support/tmux-claude.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

async function startSession(omcm: Omcm) {
  const session = await startTmuxClaude({
    home: omcm.home,
    pluginDirs: [PLUGIN_DIR],
    env: { PATH: omcm.env().PATH ?? '' },
  });
  onTestFinished(() => session.kill());
  await session.waitFor('accept edits');
  return session;
}

describe.skipIf(!hasTmux)('an interactive session (needs tmux)', () => {
  it('shows a routed subagent, and answers from its report', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'forty-two files', delayMs: 300 } });
    scriptConductor(anthropic, {
      prompt: 'count them',
      rounds: [{ calls: [{ agent: 'Explore', prompt: 'count the files' }] }],
      finalAnswer: (delegations) => `The scout says: ${delegations[0]?.report}`,
    });
    await omcm.warm();
    const session = await startSession(omcm);

    await session.submit('count them');

    await session.waitFor('The scout says: forty-two files', 40_000);
    expect(google.journal()).toHaveLength(1);
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
  });

  it('stops the work at the provider when the user stops the agents', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'too late', delayMs: 60_000 } });
    scriptConductor(anthropic, {
      prompt: 'count them',
      rounds: [{ calls: [{ agent: 'Explore', prompt: 'count the files' }] }],
    });
    await omcm.warm();
    const session = await startSession(omcm);
    await session.submit('count them');
    await until(() => google.journal().length === 1);

    // What Claude Code itself offers to stop background agents, pressed twice to confirm.
    for (let press = 0; press < 2; press += 1) await session.sendKeys('C-x', 'C-k');

    await until(() => google.journal()[0]?.outcome === 'left');
    expect(google.journal()).toHaveLength(1);
  });
});

describe('Ctrl-C in a headless session', () => {
  it('stops the work at the provider, and leaves the daemon alive', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'too late', delayMs: 60_000 } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'count the files' }] }] });
    await omcm.warm();
    const running = omcm.claude({ prompt: 'go' });
    await until(() => google.journal().length === 1);

    for (const pid of claudeProcesses(omcm)) process.kill(pid, 'SIGINT');
    await running;

    await until(() => google.journal()[0]?.outcome === 'left');
    await until(async () => (await omcm.status()).tasks.running === 0);
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

async function until(holds: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`did not become true: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
