// What does a content block say to a model of another vendor?

import type { FilePart, ImagePart, TextPart, ToolCallPart, UserPart } from './conversation.ts';
import type { Block } from './messages-body.ts';

/** What a tool gave back; what is no text is shown right after it, since few vendors take it inside. */
export type ReadResult = {
  readonly type: 'result';
  readonly id: string;
  readonly isError: boolean;
  readonly text: string;
  readonly shown: readonly (ImagePart | FilePart)[];
};

export type ReadPart = UserPart | ToolCallPart | ReadResult;

/** Nothing, for what is meant for nobody else; as JSON where the type is not known. */
export function readBlock(block: Block): readonly ReadPart[] {
  switch (block.type) {
    case 'thinking':
    case 'redacted_thinking':
      return [];
    case 'text':
      return textPart(textOf(block));
    case 'image':
      return readSource(block);
    case 'document':
      return readDocument(block);
    case 'tool_use':
      return [
        {
          type: 'tool-call',
          toolCallId: String(block.id),
          toolName: String(block.name),
          input: block.input ?? {},
        },
      ];
    case 'tool_result':
      return [readResult(block)];
    case 'tool_reference':
      return textPart(`[The tool ${String(block.tool_name ?? block.name)} can be called from now on.]`);
    default:
      return textPart(JSON.stringify(block));
  }
}

export function textOf({ text }: Block): string {
  return typeof text === 'string' ? text : '';
}

function textPart(text: string): readonly TextPart[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

function readResult({ tool_use_id: id, content, is_error: isError }: Block): ReadResult {
  const parts = partsOf(content);
  const shown = parts.filter((part) => part.type !== 'text');
  const said = parts.map((part) => (part.type === 'text' ? part.text : `[${nameOf(part)} follows]`));
  return { type: 'result', id: String(id), isError: isError === true, text: said.join('\n'), shown };
}

function partsOf(content: unknown): readonly UserPart[] {
  if (typeof content === 'string') return textPart(content);
  if (!Array.isArray(content)) return [];
  return content.filter(isBlock).flatMap(readBlock).filter(isUserPart);
}

function nameOf(part: ImagePart | FilePart): string {
  return part.type === 'image' ? 'image' : part.mediaType;
}

function readDocument({ title, context, ...block }: Block & { title?: unknown; context?: unknown }) {
  const about = [title, context].filter((said) => typeof said === 'string' && said !== '').join('\n');
  return [...textPart(about), ...readSource(block)];
}

type Source = {
  readonly type?: unknown;
  readonly data?: unknown;
  readonly media_type?: unknown;
  readonly content?: unknown;
};

function readSource(block: Block): readonly UserPart[] {
  const { data, media_type: mediaType, type, content } = (block.source ?? {}) as Source;
  if (type === 'content') return partsOf(content);
  if (typeof data !== 'string' || typeof mediaType !== 'string') return textPart(JSON.stringify(block));
  if (type === 'text') return textPart(data);
  return block.type === 'image'
    ? [{ type: 'image', image: data, mediaType }]
    : [{ type: 'file', data, mediaType }];
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isUserPart(part: ReadPart): part is UserPart {
  return part.type === 'text' || part.type === 'image' || part.type === 'file';
}
