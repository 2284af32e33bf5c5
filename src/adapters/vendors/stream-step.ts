/** One step of a conversation, answered by a model of another vendor. */
import {
  jsonSchema,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  streamText,
  type TextStreamPart,
  type ToolSet,
  tool,
} from 'ai';
import type { TokenUsage } from '../../core/delegation/engine.ts';
import { failure } from '../../core/delegation/failure.ts';
import type { Conversation } from '../../core/native-tools/conversation.ts';
import type { StepPart } from '../../core/native-tools/messages-stream.ts';
import type {
  KeptReasoning,
  ReasoningPart,
  RecalledTurn,
  VendorData,
} from '../../core/native-tools/recall-reasoning.ts';

/** Sealed by the vendor, to be given back with the call. */
type Sealed = { readonly sealed?: Omit<KeptReasoning, 'model'> };

export type StepEvent =
  | Exclude<StepPart, { type: 'tool-call' }>
  | (Extract<StepPart, { type: 'tool-call' }> & Sealed)
  | { readonly type: 'finish'; readonly finish: string; readonly tokens: TokenUsage };

export type RecalledConversation = Omit<Conversation, 'turns'> & { readonly turns: readonly RecalledTurn[] };

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
  model: LanguageModel,
  conversation: RecalledConversation,
  { signal, onSign }: Listening,
): AsyncGenerator<StepEvent> {
  const thoughts = collectThoughts();
  let hasSpoken = false;
  for await (const part of ask(model, conversation, signal)) {
    onSign();
    if (part.type === 'abort') throw signal.reason;
    if (part.type === 'reasoning-start' || part.type === 'reasoning-delta' || part.type === 'reasoning-end')
      thoughts.add(part);
    const event = readPart(part, thoughts.take);
    if (event?.type === 'finish' && !hasSpoken) throw nothingSaid(event.finish);
    if (event?.type === 'text' || event?.type === 'tool-call') hasSpoken = true;
    // Before the first word nothing may be sent: until then Claude can answer in its place.
    if (event !== null && (hasSpoken || event.type !== 'alive')) yield event;
  }
}

function ask(
  model: LanguageModel,
  { system, turns, tools, toolChoice }: RecalledConversation,
  abortSignal: AbortSignal,
): AsyncIterable<TextStreamPart<ToolSet>> {
  const { fullStream } = streamText({
    model,
    ...(system === '' ? {} : { system }),
    messages: turns as ModelMessage[],
    tools: toToolSet(tools, isOpenAi(model)),
    toolChoice: typeof toolChoice === 'string' ? toolChoice : { type: 'tool', toolName: toolChoice.tool },
    maxRetries: 0,
    abortSignal,
    // Nothing of the conversation is to stay with the vendor.
    providerOptions: { openai: { store: false } },
    onError: () => undefined,
  });
  return fullStream;
}

function readPart(
  part: TextStreamPart<ToolSet>,
  takeThoughts: () => readonly ReasoningPart[],
): StepEvent | null {
  switch (part.type) {
    case 'error':
      throw part.error;
    case 'text-delta':
      return part.text === '' ? null : { type: 'text', text: part.text };
    case 'tool-call': {
      const { toolCallId, toolName, input, providerMetadata: call = null } = part;
      const before = takeThoughts();
      const sealed = before.length > 0 || call !== null ? { sealed: { before, call } } : {};
      return { type: 'tool-call', toolCallId, toolName, input, ...sealed };
    }
    case 'reasoning-delta':
    case 'tool-input-delta':
      return { type: 'alive' };
    case 'finish':
      if (part.finishReason === 'error') throw nothingSaid(part.rawFinishReason ?? part.finishReason);
      return { type: 'finish', finish: part.finishReason, tokens: toTokens(part.totalUsage) };
    default:
      return null;
  }
}

type ThoughtPiece = {
  readonly id: string;
  readonly text?: string;
  readonly providerMetadata?: VendorData | undefined;
};

/** Those that the vendor has sealed; of others nothing could be given back. */
function collectThoughts() {
  const open = new Map<string, { text: string; data: VendorData | undefined }>();
  return {
    add: ({ id, text = '', providerMetadata }: ThoughtPiece): void => {
      const before = open.get(id);
      open.set(id, { text: (before?.text ?? '') + text, data: providerMetadata ?? before?.data });
    },
    take: (): readonly ReasoningPart[] => {
      const all = [...open.values()];
      open.clear();
      return all.flatMap(({ text, data }) =>
        data === undefined ? [] : [{ type: 'reasoning' as const, text, providerOptions: data }],
      );
    },
  };
}

function nothingSaid(finish: string) {
  return failure('provider-garbage', { detail: `the answer ended without one (${finish})` });
}

/** It takes every schema for a strict one unless told otherwise, and gives `null` for what was left to it. */
function isOpenAi(model: LanguageModel): boolean {
  return typeof model !== 'string' && model.provider.startsWith('openai.');
}

/** Without a function: a call ends the step, and Claude Code does it. */
function toToolSet(tools: Conversation['tools'], saysStrict: boolean): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, schema }) => [
      name,
      tool({ description, inputSchema: jsonSchema(schema), ...(saysStrict ? { strict: false } : {}) }),
    ]),
  );
}

function toTokens({
  inputTokenDetails: read,
  outputTokenDetails: said,
  ...all
}: LanguageModelUsage): TokenUsage {
  const cacheRead = read.cacheReadTokens ?? 0;
  const cacheWrite = read.cacheWriteTokens ?? 0;
  const reasoning = said.reasoningTokens ?? 0;
  return {
    input: Math.max(0, (all.inputTokens ?? 0) - cacheRead - cacheWrite),
    output: Math.max(0, (all.outputTokens ?? 0) - reasoning),
    reasoning,
    cacheRead,
    cacheWrite,
  };
}
