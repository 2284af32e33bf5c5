// What a session tells, what a provider received, and what OMCM wrote down, in the shapes of the real ones.
import type { LoggedDecision } from '../../../src/cli/demo/calls/logged-decision.ts';
import type { ObservedCall, TimedEvent } from '../../../src/cli/demo/calls/observe-calls.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';

export const AGENT = 'oh-my-claudecode:explore';
export const PROMPT = 'Where are amounts computed?';

export function sampleCall(change: Partial<ObservedCall> = {}): ObservedCall {
  return {
    toolUseId: 'toolu_1',
    agentId: 'a1',
    agent: AGENT,
    prompt: PROMPT,
    startedAt: 1_000,
    endedAt: 3_000,
    report: 'in src/money.js',
    isError: false,
    ...change,
  };
}

export function sampleDecision(change: Partial<LoggedDecision> = {}): LoggedDecision {
  return {
    requestId: 'r1',
    sessionId: 's1',
    agent: AGENT,
    route: true,
    reason: 'fusion-default-explore',
    provider: 'gemini',
    model: 'gemini-3-flash',
    failed: null,
    ...change,
  };
}

export type SampleRequest = {
  readonly model: string;
  readonly prompt?: string;
  readonly agentId?: string;
  readonly tokens?: readonly [input: number, output: number];
};

export function sampleRequest({
  model,
  prompt = PROMPT,
  agentId,
  tokens: [input, output] = [100, 10],
}: SampleRequest): JournaledRequest {
  return {
    number: 1,
    at: 0,
    method: 'POST',
    path: '/',
    headers: agentId === undefined ? {} : { 'x-claude-code-agent-id': agentId },
    body: {},
    bodyChars: 0,
    model,
    system: '',
    turns: [],
    toolNames: [],
    userTexts: [prompt],
    lastUserText: prompt,
    status: 200,
    outcome: 'answered',
    usage: { input, output },
  };
}

export const toolUse = (at: number, id: string, agent = AGENT): TimedEvent => ({
  at,
  event: {
    type: 'assistant',
    parent_tool_use_id: null,
    message: {
      content: [
        {
          type: 'tool_use',
          name: 'Agent',
          id,
          input: { subagent_type: agent, prompt: PROMPT, description: 'look' },
        },
      ],
    },
  },
});

export const toolResult = (at: number, id: string, text: string, isError = false): TimedEvent => ({
  at,
  event: {
    type: 'user',
    parent_tool_use_id: null,
    message: { content: [{ type: 'tool_result', tool_use_id: id, content: text, is_error: isError }] },
  },
});

export const taskEvent = (at: number, subtype: string, id: string, rest: object = {}): TimedEvent => ({
  at,
  event: { type: 'system', subtype, task_id: 'a1', tool_use_id: id, ...rest },
});
