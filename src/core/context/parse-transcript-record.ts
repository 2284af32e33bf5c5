/** One record of a Claude Code transcript as events; what is damaged, unknown or not about the work gives none. */
import { parseToolCall } from './parse-tool-call.ts';
import type { TranscriptEvent } from './transcript-event.ts';

type Json = Readonly<Record<string, unknown>>;

export function parseTranscriptRecord(raw: unknown): readonly TranscriptEvent[] {
  const record = asObject(raw);
  const content = asObject(record.message).content;
  switch (record.type) {
    case 'user':
      return [...placeOf(record), ...userEvents(record, content)];
    case 'assistant':
      return [...placeOf(record), ...assistantEvents(record, content)];
    default:
      return [];
  }
}

/** Claude Code writes much into the user's mouth: notifications, outputs of commands, reminders. */
const NOT_TYPED = /^\s*(?:<(?!\/?(?:b|i|p|div|html)\b)[a-z][\w-]*>|\[Request interrupted|Caveat: )/i;
/** A slash command with what was typed after it. */
const COMMAND = /<command-name>\/?(.*?)<\/command-name>[\s\S]*?<command-args>([\s\S]*?)<\/command-args>/;

function userEvents(record: Json, content: unknown): readonly TranscriptEvent[] {
  const blocks = blocksOf(content);
  const text = textIn(blocks);
  if (record.isCompactSummary === true)
    return text === '' ? [] : [{ kind: 'compacted', summary: summaryIn(text) }];
  const returned = blocks.flatMap((block) => returnedBy(block, record));
  if (returned.length > 0 || record.isSidechain === true || record.isMeta === true) return returned;
  const typed = COMMAND.exec(text)?.[2]?.trim() ?? (NOT_TYPED.test(text) ? '' : text.trim());
  return typed === '' ? [] : [{ kind: 'prompt', text: typed }];
}

/** Claude Code frames it with words for the model that goes on. */
function summaryIn(text: string): string {
  const framed =
    /(?:^|\n)Summary:\n([\s\S]*?)(?:\n\nIf you need specific details from before compaction|$)/.exec(text);
  return framed?.[1] ?? text;
}

function returnedBy(block: Json, record: Json): readonly TranscriptEvent[] {
  if (block.type !== 'tool_result' || typeof block.tool_use_id !== 'string') return [];
  const text = textIn(blocksOf(block.content));
  const answers = answersIn(asObject(record.toolUseResult).answers);
  return [{ kind: 'returned', id: block.tool_use_id, isError: block.is_error === true, text, answers }];
}

function answersIn(answers: unknown): readonly (readonly [string, string])[] {
  return Object.entries(asObject(answers)).flatMap(([question, answer]) =>
    typeof answer === 'string' ? [[question, answer] as const] : [],
  );
}

function assistantEvents(record: Json, content: unknown): readonly TranscriptEvent[] {
  return blocksOf(content).flatMap((block): readonly TranscriptEvent[] => {
    if (block.type === 'text' && typeof block.text === 'string')
      return record.isSidechain === true ? [] : [{ kind: 'said', text: block.text }];
    if (block.type !== 'tool_use' || typeof block.id !== 'string') return [];
    const call = parseToolCall(String(block.name), asObject(block.input));
    return call === null ? [] : [{ kind: 'called', id: block.id, call }];
  });
}

function placeOf({ sessionId, cwd, gitBranch, isSidechain }: Json): readonly TranscriptEvent[] {
  if (isSidechain === true) return [];
  return [{ kind: 'place', sessionId: text(sessionId), cwd: text(cwd), branch: text(gitBranch) }];
}

function blocksOf(content: unknown): readonly Json[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.map(asObject) : [];
}

function textIn(blocks: readonly Json[]): string {
  return blocks
    .flatMap(({ type, text: said }) => (type === 'text' && typeof said === 'string' ? [said] : []))
    .join('\n');
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
