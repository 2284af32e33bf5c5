// What does a request ask, in the wire format of Anthropic Messages, OpenAI Responses or Gemini?

import type { Role, Turn, WireRequest } from './journaled-request.ts';
import { asObject, asObjects, asText, type Json, textOf } from './json.ts';

export function readWireRequest(path: string, body: unknown): WireRequest {
  const request = asObject(body);
  if (Array.isArray(request.contents)) return readGemini(path, request);
  if (request.input !== undefined) return readResponses(request);
  return readMessages(request);
}

function readMessages(request: Json): WireRequest {
  return {
    model: asText(request.model),
    system: textOf(request.system),
    turns: asObjects(request.messages).flatMap((message) => turnsOf(roleOf(message.role), message.content)),
    toolNames: asObjects(request.tools).map((tool) => asText(tool.name)),
  };
}

function readResponses(request: Json): WireRequest {
  const items =
    typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : request.input;
  const turns = asObjects(items).flatMap(responsesTurns);
  const system = turns.filter((turn) => turn.role === 'system').map((turn) => turn.text);
  return {
    model: asText(request.model),
    system: [textOf(request.instructions), ...system].filter((text) => text !== '').join('\n'),
    turns: turns.filter((turn) => turn.role !== 'system'),
    toolNames: asObjects(request.tools).map((tool) => asText(tool.name)),
  };
}

function responsesTurns(item: Json): readonly Turn[] {
  if (item.type === 'function_call_output') return [{ role: 'tool', text: textOf(item.output) }];
  return item.role === undefined ? [] : turnsOf(roleOf(item.role), item.content);
}

function readGemini(path: string, request: Json): WireRequest {
  const declarations = asObjects(request.tools).flatMap((tool) => asObjects(tool.functionDeclarations));
  return {
    model: /\/models\/([^:/?]+)/.exec(path)?.[1] ?? '',
    system: textOf(asObject(request.systemInstruction).parts),
    turns: asObjects(request.contents).flatMap((content) => turnsOf(roleOf(content.role), content.parts)),
    toolNames: declarations.map((tool) => asText(tool.name)),
  };
}

function turnsOf(role: Role, content: unknown): readonly Turn[] {
  if (typeof content === 'string') return [{ role, text: content }];
  return asObjects(content).flatMap((block) => turnOf(role, block));
}

function turnOf(role: Role, block: Json): readonly Turn[] {
  if (block.type === 'tool_result') return [{ role: 'tool', text: textOf(block.content) }];
  if (block.functionResponse !== undefined)
    return [{ role: 'tool', text: JSON.stringify(block.functionResponse) }];
  return typeof block.text === 'string' ? [{ role, text: block.text }] : [];
}

function roleOf(role: unknown): Role {
  if (role === 'assistant' || role === 'model') return 'assistant';
  if (role === 'system' || role === 'developer') return 'system';
  return role === 'tool' ? 'tool' : 'user';
}
