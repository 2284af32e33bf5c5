// A subagent that Claude answers, because nobody else could.
import { expect } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import type { ClaudeResult } from '../../../src/simulation/run-claude.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import type { Omcm } from '../../support/use-omcm.ts';

/** Claude answers whatever is not routed, and the conductor asks for one look-up. */
export function scriptNative({ providers: { anthropic } }: Omcm): void {
  anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
  scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });
}

export function expectNative(run: ClaudeResult): void {
  expect(run.exitCode, run.stderr).toBe(0);
  expect(agentCalls(run.events)[0]?.result).toMatchObject({ isError: false, report: 'by Claude' });
}

/** From the conductor's order to the subagent's first request at Anthropic. */
export function waitedMs({ providers: { anthropic } }: Omcm): number {
  const requests = anthropic.journal();
  const order = requests.find((request) => subagentOf(request) === undefined);
  const subagent = requests.find((request) => subagentOf(request) !== undefined);
  return (subagent?.at ?? Number.POSITIVE_INFINITY) - (order?.endedAt ?? 0);
}
