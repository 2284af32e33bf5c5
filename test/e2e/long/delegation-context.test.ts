import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import { scriptConductor } from '../../../src/simulation/scripted-conductor.ts';
import { PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

/** From the definition of the agent that is called. */
const AGENT = 'You find things in a code base. Start wide, then narrow down';
const RULE = 'amounts stay integers in cents';

it('tells a delegated task its own instructions once, the session in short, and what others have done', async () => {
  const omcm = await useOmcm();
  const { google, anthropic } = omcm.providers;
  writeFileSync(join(omcm.home.projectDir, 'AGENTS.md'), `# Till\n\n## Decisions\n\n- ${RULE}\n`);
  await omcm.warm();
  const warmed = google.journal().length;
  google.on({ answer: { text: 'formatCents is called twice.\nDecision: the receipt needs no cache.' } });
  const call = (prompt: string) => ({ agent: 'oh-my-claudecode:explore', prompt });
  scriptConductor(anthropic, { rounds: ['look', 'look again'].map((prompt) => ({ calls: [call(prompt)] })) });
  const run = await omcm.claude({
    prompt: 'Make the till speak euros, with the key sk_live_abcdefghijklmnop1234. Never touch the tests.',
    pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
  });
  expect(agentCalls(run.events).map(({ result }) => result?.isError)).toEqual([false, false]);

  const [first, second] = google
    .journal()
    .slice(warmed)
    .map(({ body }) => JSON.stringify(body));
  expect(first?.split(AGENT)).toHaveLength(2);
  expect(first?.split(RULE), 'OpenCode reads AGENTS.md itself').toHaveLength(2);
  expect(first).toContain('The user asked for: Make the till speak euros');
  expect(first).toContain('- Never touch the tests.');
  expect(first).not.toContain('Done by other subagents');
  expect(second).toContain('- explore: formatCents is called twice.');
  expect(second).toContain('- the receipt needs no cache.');
  expect(`${first}${second}`).not.toContain('abcdefghijklmnop1234');
  const [told = 0, toldMore = 0] = omcm.outcomes().map(({ contextChars }) => Number(contextChars));
  expect(told).toBeGreaterThan(100);
  expect(toldMore).toBeGreaterThan(told);
  expect(toldMore).toBeLessThanOrEqual(2_000);
});
