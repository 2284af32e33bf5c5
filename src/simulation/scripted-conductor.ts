// Scripts the main conversation of a real Claude Code session: hands out Agent calls round by round, waits for
// their reports, and makes a final answer from them.

import type { Answer, ToolUse } from './answer.ts';
import { type Delegation, readDelegations } from './claude-delegations.ts';
import type { JournaledRequest } from './journaled-request.ts';
import { asObject, asObjects, type Json, textOf } from './json.ts';
import type { SimulatedProvider } from './simulated-provider.ts';

export interface ConductorCall {
  readonly agent: string;
  readonly prompt: string;
  readonly description?: string;
  readonly background?: boolean;
}

export interface ConductorRound {
  /** Calls of one round go out in one message: they run at the same time. */
  readonly calls: readonly ConductorCall[];
}

export interface ConductorScript {
  /** A part of the user's prompt that starts this script; left out, any prompt does. */
  readonly prompt?: string;
  readonly rounds: readonly ConductorRound[];
  /** Added to each answer, e.g. the rate limits of a subscription. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out: the reports, each after its agent's name. */
  readonly finalAnswer?: string | ((delegations: readonly Delegation[]) => string);
}

/** Returns the removal of the script. */
export function scriptConductor(anthropic: SimulatedProvider, script: ConductorScript): () => void {
  return anthropic.on({
    when: (request) => isConductor(request) && messagesOfScript(request, script) !== undefined,
    answer: (request) => ({ ...conduct(request, script), headers: script.headers ?? {} }),
  });
}

/** Subagents of the kind `general-purpose` are offered the Agent tool too: only the header tells them apart. */
export function isConductor(request: JournaledRequest): boolean {
  return subagentOf(request) === undefined && agentTool(request) !== undefined;
}

export function subagentOf(request: JournaledRequest): string | undefined {
  return request.headers['x-claude-code-agent-id'];
}

function conduct(request: JournaledRequest, script: ConductorScript): Answer {
  const delegations = readDelegations(messagesOfScript(request, script) ?? []);
  const working = delegations.filter((one) => one.report === undefined);
  if (working.length > 0)
    return { text: `Waiting for ${working.length} of ${delegations.length} subagents.` };
  const next = nextRound(script.rounds, delegations.length);
  return next === undefined ? { text: finalAnswer(script, delegations) } : handOut(request, next);
}

function nextRound(rounds: readonly ConductorRound[], handedOut: number): ConductorRound | undefined {
  let planned = 0;
  for (const round of rounds) {
    if (planned >= handedOut && round.calls.length > 0) return round;
    planned += round.calls.length;
  }
  return undefined;
}

function handOut(request: JournaledRequest, round: ConductorRound): Answer {
  const tool = agentTool(request) ?? 'Agent';
  const takesBackground = offersBackground(request, tool);
  const toolUses = round.calls.map((call): ToolUse => {
    const { agent, prompt, description = prompt.slice(0, 40), background = false } = call;
    const input = { description, prompt, subagent_type: agent };
    return { name: tool, input: takesBackground ? { ...input, run_in_background: background } : input };
  });
  return { text: `Handing out ${round.calls.map((call) => call.agent).join(', ')}.`, toolUses };
}

/** Interactive sessions put every agent into the background, and their Agent tool has no parameter for it. */
function offersBackground(request: JournaledRequest, tool: string): boolean {
  const definition = asObjects(asObject(request.body).tools).find(({ name }) => name === tool);
  const schema = asObject(definition?.input_schema);
  return asObject(schema.properties).run_in_background !== undefined;
}

function finalAnswer({ finalAnswer: given }: ConductorScript, delegations: readonly Delegation[]): string {
  if (typeof given === 'string') return given;
  if (given !== undefined) return given(delegations);
  return delegations.map(({ agent, report }) => `## ${agent}\n${report}`).join('\n\n');
}

function messagesOfScript(request: JournaledRequest, script: ConductorScript): readonly Json[] | undefined {
  const messages = asObjects(asObject(request.body).messages);
  const { prompt } = script;
  if (prompt === undefined) return messages;
  const start = messages.findLastIndex((message) => isPrompt(message, prompt));
  return start === -1 ? undefined : messages.slice(start);
}

function isPrompt({ role, content }: Json, prompt: string): boolean {
  return role === 'user' && textOf(content).includes(prompt);
}

function agentTool(request: JournaledRequest): string | undefined {
  return request.toolNames.find((name) => name === 'Agent' || name === 'Task');
}
