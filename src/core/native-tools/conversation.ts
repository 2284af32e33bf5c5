/** A request to any model, in the words of the AI SDK. */

export type TextPart = { readonly type: 'text'; readonly text: string };
/** Base64. */
export type ImagePart = { readonly type: 'image'; readonly image: string; readonly mediaType: string };
export type FilePart = { readonly type: 'file'; readonly data: string; readonly mediaType: string };
export type UserPart = TextPart | ImagePart | FilePart;

export type ToolCallPart = {
  readonly type: 'tool-call';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
};

export type ToolResultPart = {
  readonly type: 'tool-result';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly output: { readonly type: 'text' | 'error-text'; readonly value: string };
};

export type Turn =
  | { readonly role: 'user'; readonly content: readonly UserPart[] }
  | { readonly role: 'assistant'; readonly content: readonly (TextPart | ToolCallPart)[] }
  /** Right after the calls that it answers, one result for each. */
  | { readonly role: 'tool'; readonly content: readonly ToolResultPart[] };

export type Tool = {
  readonly name: string;
  readonly description: string;
  /** JSON schema. */
  readonly schema: Readonly<Record<string, unknown>>;
};

export type Conversation = {
  readonly system: string;
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly toolChoice: 'auto' | 'required' | 'none' | { readonly tool: string };
};
