/** One step of a conversation, answered by a model of another vendor. */
import type { TokenUsage } from '../../core/delegation/engine.ts';
import { failure } from '../../core/delegation/failure.ts';
import type { Conversation, Tool } from '../../core/native-tools/conversation.ts';
import type { StepPart } from '../../core/native-tools/messages-stream.ts';
import type { Model } from './open-model.ts';
import { toPrompt } from './to-prompt.ts';

export type StepEvent =
  | StepPart
  | { readonly type: 'finish'; readonly finish: string; readonly tokens: TokenUsage };

export type Listening = {
  readonly signal: AbortSignal;
  /** The vendor is at work, also where it says nothing that is handed on. */
  readonly onSign: () => void;
};

/**
 * Throws what the vendor answered with. Nothing is tried again: Claude answers in its place. An answer that says
 * nothing is a failure too, since a subagent must not end with it.
 */
export async function* streamStep(
  model: Model,
  conversation: Conversation,
  { signal, onSign }: Listening,
): AsyncGenerator<StepEvent> {
  let hasSpoken = false;
  for await (const part of await ask(model, conversation, signal)) {
    onSign();
    const event = readPart(part);
    if (event?.type === 'finish' && !hasSpoken) throw nothingSaid(event.finish);
    if (event?.type === 'text' || event?.type === 'tool-call') hasSpoken = true;
    // Before the first word nothing may be sent: until then Claude can answer in its place.
    if (event !== null && (hasSpoken || event.type !== 'alive')) yield event;
  }
}

type Asked = Parameters<Model['doStream']>[0];
type Answer = Awaited<ReturnType<Model['doStream']>>['stream'];
type Part = Answer extends ReadableStream<infer P> ? P : never;
type Finish = Extract<Part, { type: 'finish' }>;

async function ask(model: Model, conversation: Conversation, abortSignal: AbortSignal): Promise<Answer> {
  const { tools, toolChoice } = conversation;
  const offered: Partial<Asked> = {
    tools: tools.map((tool) => toFunction(tool, isOpenAi(model))),
    toolChoice:
      typeof toolChoice === 'string' ? { type: toolChoice } : { type: 'tool', toolName: toolChoice.tool },
  };
  const { stream } = await model.doStream({
    prompt: toPrompt(conversation),
    ...(tools.length === 0 ? {} : offered),
    abortSignal,
    // Nothing of the conversation is to stay with the vendor.
    providerOptions: { openai: { store: false } },
  });
  return stream;
}

/** It takes every schema for a strict one unless told otherwise, and gives `null` for what was left to it. */
function isOpenAi({ provider }: Model): boolean {
  return provider.startsWith('openai.');
}

type FunctionTool = Extract<NonNullable<Asked['tools']>[number], { type: 'function' }>;

function toFunction({ name, description, schema }: Tool, saysStrict: boolean): FunctionTool {
  const inputSchema = schema as FunctionTool['inputSchema'];
  return { type: 'function', name, description, inputSchema, ...(saysStrict ? { strict: false } : {}) };
}

function readPart(part: Part): StepEvent | null {
  switch (part.type) {
    case 'error':
      throw part.error;
    case 'text-delta':
      return part.delta === '' ? null : { type: 'text', text: part.delta };
    case 'tool-call': {
      const { toolCallId, toolName, input } = part;
      return { type: 'tool-call', toolCallId, toolName, input: parse(input) };
    }
    case 'reasoning-delta':
    case 'tool-input-delta':
      return { type: 'alive' };
    case 'finish': {
      const { unified, raw } = part.finishReason;
      if (unified === 'error') throw nothingSaid(raw ?? unified);
      return { type: 'finish', finish: unified, tokens: toTokens(part.usage) };
    }
    default:
      return null;
  }
}

function nothingSaid(finish: string) {
  return failure('provider-garbage', { detail: `the answer ended without one (${finish})` });
}

/** What a model gets wrong is the tool's to refuse. */
function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return null;
  }
}

function toTokens({ inputTokens: read, outputTokens: said }: Finish['usage']): TokenUsage {
  const cacheRead = read.cacheRead ?? 0;
  const cacheWrite = read.cacheWrite ?? 0;
  const reasoning = said.reasoning ?? 0;
  return {
    input: Math.max(0, (read.total ?? 0) - cacheRead - cacheWrite),
    output: Math.max(0, (said.total ?? 0) - reasoning),
    reasoning,
    cacheRead,
    cacheWrite,
  };
}
