import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import { scriptConductor } from '../../../src/simulation/scripted-conductor.ts';
import { PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

describe('a role that writes', () => {
  it("has a child session's question answered at once where it may do everything but leave the project", async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    const outside = join(omcm.home.root, 'outside.txt');
    google.on({
      answer: (request) => {
        const isChild = request.userTexts.some((text) => text.includes('work of the child'));
        const worked = request.turns.some(({ role }) => role === 'tool');
        if (worked) return { text: isChild ? 'The child is done.' : 'All is done.' };
        if (isChild) return { toolUses: [{ name: 'read', input: { filePath: outside } }] };
        const input = { description: 'child', prompt: 'work of the child', subagent_type: 'general' };
        return { toolUses: [{ name: 'task', input }] };
      },
    });
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'oh-my-claudecode:writer', prompt: 'write it' }] }],
    });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      permissionMode: 'bypassPermissions',
      env: { IS_SANDBOX: '1' },
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    });

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({ report: 'All is done.' });
    await vi.waitFor(() => {
      const log = readFileSync(join(omcm.stateDir, 'logs', 'omcmd.log'), 'utf8');
      expect(log).toContain('"permission":"external_directory"');
      expect(log).toContain('"reply":"reject"');
    }, 10_000);
  });
});
