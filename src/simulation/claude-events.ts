// Reads what `claude --output-format stream-json` tells about its Agent calls and its end.

import { reportIn } from './claude-delegations.ts';
import { asObject, asObjects, asText, type Json, parseJson, textOf } from './json.ts';

export type ClaudeEvent = Json;

export interface AgentCall {
  readonly toolUseId: string;
  readonly agent: string;
  readonly prompt: string;
  readonly description: string;
  /** What Claude Code gave back to its model for this call; left out while there is nothing yet. */
  readonly result?: { readonly text: string; readonly report: string; readonly isError: boolean };
}

export interface TaskEvent {
  readonly subtype: string;
  readonly taskId: string;
  readonly toolUseId?: string;
  readonly status?: string;
  readonly totalTokens?: number;
}

export interface FinalResult {
  readonly text: string;
  readonly isError: boolean;
  readonly subtype: string;
}

export function parseClaudeEvent(line: string): ClaudeEvent | undefined {
  const value = parseJson(line);
  return typeof value === 'object' && value !== null ? asObject(value) : undefined;
}

export function agentCalls(events: readonly ClaudeEvent[]): readonly AgentCall[] {
  const blocks = events.filter(isOfMainLoop).flatMap(contentBlocks);
  const results = new Map(blocks.filter(isToolResult).map((block) => [block.tool_use_id, resultOf(block)]));
  return blocks.filter(isAgentCall).map((block) => {
    const input = asObject(block.input);
    const result = results.get(block.id);
    return {
      toolUseId: asText(block.id),
      agent: asText(input.subagent_type),
      prompt: asText(input.prompt),
      description: asText(input.description),
      ...(result === undefined ? {} : { result }),
    };
  });
}

export function taskEvents(events: readonly ClaudeEvent[]): readonly TaskEvent[] {
  return events
    .filter((event) => event.type === 'system' && asText(event.subtype).startsWith('task_'))
    .map(taskEvent);
}

/** A session that waited for background agents tells a result for each turn: the last one counts. */
export function finalResult(events: readonly ClaudeEvent[]): FinalResult | undefined {
  const event = events.findLast((one) => one.type === 'result');
  if (event === undefined) return undefined;
  return { text: asText(event.result), isError: event.is_error === true, subtype: asText(event.subtype) };
}

function taskEvent(event: ClaudeEvent): TaskEvent {
  const status = event.status ?? asObject(event.patch).status;
  const totalTokens = asObject(event.usage).total_tokens;
  return {
    subtype: asText(event.subtype),
    taskId: asText(event.task_id),
    ...(typeof event.tool_use_id === 'string' ? { toolUseId: event.tool_use_id } : {}),
    ...(typeof status === 'string' ? { status } : {}),
    ...(typeof totalTokens === 'number' ? { totalTokens } : {}),
  };
}

function isOfMainLoop(event: ClaudeEvent): boolean {
  return (event.type === 'assistant' || event.type === 'user') && event.parent_tool_use_id === null;
}

function contentBlocks(event: ClaudeEvent): readonly ClaudeEvent[] {
  return asObjects(asObject(event.message).content);
}

function isAgentCall(block: ClaudeEvent): boolean {
  return block.type === 'tool_use' && (block.name === 'Agent' || block.name === 'Task');
}

function isToolResult(block: ClaudeEvent): boolean {
  return block.type === 'tool_result';
}

function resultOf(block: ClaudeEvent): NonNullable<AgentCall['result']> {
  const text = textOf(block.content);
  return { text, report: reportIn(text), isError: block.is_error === true };
}
