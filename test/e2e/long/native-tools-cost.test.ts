// With the real Claude Code: what it shows of a subagent that another model leads, and what it charges for it.

import { expect, it } from 'vitest';
import type { ClaudeEvent } from '../../../src/simulation/claude-events.ts';
import { taskEvents } from '../../../src/simulation/claude-events.ts';
import { asObject } from '../../../src/simulation/json.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { stepOf } from '../../../src/simulation/scripted-steps.ts';
import { sumUsage } from '../../../src/simulation/sum-usage.ts';
import { useOmcm } from '../../support/use-omcm.ts';

function charged(events: readonly ClaudeEvent[]): { readonly tokens: number; readonly models: number } {
  const used = Object.values(asObject(events.findLast(({ type }) => type === 'result')?.modelUsage)).map(
    asObject,
  );
  const tokens = used.reduce((sum, one) => sum + Number(one.inputTokens) + Number(one.outputTokens), 0);
  return { tokens, models: used.length };
}

it('the tokens of the other model are shown, and Claude’s alone are charged', async () => {
  const omcm = await useOmcm({ config: { mode: 'fusion', engine: 'native-tools' } });
  const { anthropic, google } = omcm.providers;
  const steps = [{ toolUses: [{ name: 'Bash', input: { command: 'ls' } }] }, { text: 'Looked.' }];
  google.on({
    answer: (request) => ({ ...stepOf(request, steps), usage: { input: 1_200, output: 34 } }),
  });
  scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'look' }] }] });
  await omcm.warm();

  const { events } = await omcm.claude({ prompt: 'go' });

  expect(google.journal()).toHaveLength(2);
  expect(taskEvents(events).find(({ subtype }) => subtype === 'task_notification')).toMatchObject({
    status: 'completed',
    totalTokens: 1_234,
  });
  const ofLead = anthropic.journal().filter((request) => subagentOf(request) === undefined);
  expect(charged(events)).toEqual({ tokens: sumUsage(ofLead).total, models: 1 });
});
