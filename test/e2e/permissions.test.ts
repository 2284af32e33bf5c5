import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const patch = (file: string) => `*** Begin Patch\n*** Add File: ${file}\n+written\n*** End Patch`;

describe('a role that only reads', () => {
  it('may neither write nor run a shell, even where Claude Code may do everything, and goes on to its report', async () => {
    const omcm = await useOmcm();
    const { anthropic, openai } = omcm.providers;
    const tries = [
      { name: 'apply_patch', input: { patchText: patch('written.txt') } },
      { name: 'bash', input: { command: 'touch by-shell.txt', description: 'touch' } },
      { name: 'read', input: { filePath: join(omcm.home.projectDir, 'README.md') } },
    ];
    openai.on({
      answer: (request) => {
        const next = tries[request.turns.filter(({ role }) => role === 'tool').length];
        return next === undefined ? { text: 'I could only read.' } : { toolUses: [next] };
      },
    });
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'oh-my-claudecode:architect', prompt: 'look' }] }],
    });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      permissionMode: 'bypassPermissions',
      env: { IS_SANDBOX: '1' },
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    });

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({ report: 'I could only read.' });
    expect(existsSync(join(omcm.home.projectDir, 'written.txt'))).toBe(false);
    expect(existsSync(join(omcm.home.projectDir, 'by-shell.txt'))).toBe(false);
    expect(openai.journal()).toHaveLength(4);
  });
});

describe('a role that writes', () => {
  const writer = { agent: 'oh-my-claudecode:executor', prompt: 'write it' };

  it('stays on Claude in the default mode, where nobody could be asked', async () => {
    const omcm = await useOmcm();
    const { anthropic, openai } = omcm.providers;
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'oh-my-claudecode:writer', prompt: 'write it' }] }],
    });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ report: 'by Claude' });
    expect(openai.journal()).toEqual([]);
    expect(omcm.routingLog()).toMatchObject([{ reason: 'permission-writes-not-delegated' }]);
  });

  it('edits inside the project under acceptEdits, and neither outside it nor with a shell', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    const outside = join(omcm.home.root, 'outside.txt');
    const inside = join(omcm.home.projectDir, 'inside.txt');
    const tries = [
      { name: 'write', input: { filePath: outside, content: 'no' } },
      {
        name: 'write',
        input: { filePath: join(omcm.home.projectDir, '.git', 'hooks', 'pre-commit'), content: 'no' },
      },
      { name: 'bash', input: { command: 'touch by-shell.txt', description: 'touch' } },
      { name: 'write', input: { filePath: inside, content: 'yes' } },
    ];
    google.on({
      answer: (request) => {
        const next = tries[request.turns.filter(({ role }) => role === 'tool').length];
        return next === undefined ? { text: 'One of four.' } : { toolUses: [next] };
      },
    });
    scriptConductor(anthropic, { rounds: [{ calls: [{ ...writer, agent: 'oh-my-claudecode:writer' }] }] });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      permissionMode: 'acceptEdits',
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ report: 'One of four.' });
    expect(readFileSync(inside, 'utf8')).toBe('yes');
    expect(existsSync(outside)).toBe(false);
    expect(existsSync(join(omcm.home.projectDir, '.git', 'hooks', 'pre-commit'))).toBe(false);
    expect(existsSync(join(omcm.home.projectDir, 'by-shell.txt'))).toBe(false);
    expect(google.journal()).toHaveLength(5);
  });
});
