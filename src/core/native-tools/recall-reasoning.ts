/**
 * What a model thought before a call, sealed by its vendor, goes back to it with the call.
 *
 * Claude Code's transcript has no room for it, so it is kept beside it, by the call's id. To another model it means
 * nothing, and is left out.
 */
import type { TextPart, ToolCallPart, Turn } from './conversation.ts';

/** In the vendor's own words, by its name: `{ google: { thoughtSignature: … } }`. */
export type VendorData = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type ReasoningPart = {
  readonly type: 'reasoning';
  /** A summary, where the vendor gives one. */
  readonly text: string;
  readonly providerOptions: VendorData;
};

export type KeptReasoning = {
  /** `provider/model` of who thought it. */
  readonly model: string;
  /** Thought in the same step, before the first call. */
  readonly before: readonly ReasoningPart[];
  /** What belongs to the call itself. */
  readonly call: VendorData | null;
};

export type SealedCall = ToolCallPart & { readonly providerOptions?: VendorData };

export type RecalledTurn =
  | Exclude<Turn, { role: 'assistant' }>
  | {
      readonly role: 'assistant';
      readonly content: readonly (ReasoningPart | TextPart | SealedCall)[];
    };

export function recallReasoning(
  turns: readonly Turn[],
  model: string,
  find: (toolCallId: string) => KeptReasoning | undefined,
): readonly RecalledTurn[] {
  const findOwn = (id: string) => {
    const kept = find(id);
    return kept?.model === model ? kept : undefined;
  };
  return turns.map((turn) => {
    if (turn.role !== 'assistant') return turn;
    const calls = turn.content.filter((part) => part.type === 'tool-call');
    const before = calls.flatMap(({ toolCallId }) => findOwn(toolCallId)?.before ?? []);
    return { role: 'assistant', content: [...before, ...turn.content.map((part) => seal(part, findOwn))] };
  });
}

function seal(
  part: TextPart | ToolCallPart,
  find: (toolCallId: string) => KeptReasoning | undefined,
): TextPart | SealedCall {
  if (part.type !== 'tool-call') return part;
  const data = find(part.toolCallId)?.call;
  return data ? { ...part, providerOptions: data } : part;
}
