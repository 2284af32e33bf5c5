/** What Claude Code asks of its model, as far as another model needs it. The rest passes unread. */

/** A content block; what it holds depends on its type, and types that nobody knows may come. */
export type Block = { readonly type: string } & Readonly<Record<string, unknown>>;

export type Message = {
  /** `system` may stand anywhere between the others. */
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: string | readonly Block[];
};

/** Tools of the provider's own, such as its web search, have no schema. */
export type OfferedTool = {
  readonly name: string;
  readonly description?: string | undefined;
  readonly input_schema?: Readonly<Record<string, unknown>> | undefined;
};

export type ToolChoice = { readonly type: string; readonly name?: string | undefined };

export type MessagesBody = {
  readonly model: string;
  readonly system?: string | readonly Block[] | undefined;
  readonly messages: readonly Message[];
  readonly tools?: readonly OfferedTool[] | undefined;
  readonly tool_choice?: ToolChoice | undefined;
};

export function blocksOf(content: string | readonly Block[] | undefined): readonly Block[] {
  if (content === undefined || content === '') return [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
