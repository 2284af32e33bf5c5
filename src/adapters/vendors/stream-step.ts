/** One step of a conversation, answered by a model of another vendor. */
import {
  jsonSchema,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  streamText,
  type ToolSet,
  tool,
} from 'ai';
import type { TokenUsage } from '../../core/delegation/engine.ts';
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

/** Throws what the vendor answered with. Nothing is tried again: Claude answers in its place. */
export async function* streamStep(
  model: LanguageModel,
  { system, turns, tools, toolChoice }: RecalledConversation,
  { signal, onSign }: Listening,
): AsyncGenerator<StepEvent> {
  const { fullStream } = streamText({
    model,
    ...(system === '' ? {} : { system }),
    messages: turns as ModelMessage[],
    tools: toToolSet(tools),
    toolChoice: typeof toolChoice === 'string' ? toolChoice : { type: 'tool', toolName: toolChoice.tool },
    maxRetries: 0,
    abortSignal: signal,
    // Nothing of the conversation is to stay with the vendor.
    providerOptions: { openai: { store: false } },
    onError: () => undefined,
  });
  const thoughts = collectThoughts();
  for await (const part of fullStream) {
    onSign();
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw signal.reason;
    if (part.type === 'reasoning-start' || part.type === 'reasoning-delta' || part.type === 'reasoning-end')
      thoughts.add(part);
    if (part.type === 'text-delta') yield { type: 'text', text: part.text };
    if (part.type === 'tool-call') {
      const { toolCallId, toolName, input, providerMetadata: call = null } = part;
      const before = thoughts.take();
      const sealed = before.length > 0 || call !== null ? { sealed: { before, call } } : {};
      yield { type: 'tool-call', toolCallId, toolName, input, ...sealed };
    }
    if (part.type === 'finish')
      yield { type: 'finish', finish: part.finishReason, tokens: toTokens(part.totalUsage) };
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

/** Without a function: a call ends the step, and Claude Code does it. */
function toToolSet(tools: Conversation['tools']): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, schema }) => [
      name,
      tool({ description, inputSchema: jsonSchema(schema) }),
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
