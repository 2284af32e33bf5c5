/** What came of a session in OpenCode, as `opencode export` tells it: the last word, TODOs, files, decisions. */
import { findDecisions } from './find-decisions.ts';
import { manyLines } from './one-line.ts';
import { parseToolCall } from './parse-tool-call.ts';
import { relativeTo } from './relative-path.ts';
import { NO_TODOS, type TodoLists } from './work-context.ts';

export type OpencodeSession = {
  readonly prompts: readonly string[];
  /** What the model said at the end. */
  readonly summary: string;
  readonly todos: TodoLists;
  /** The last one changed first. */
  readonly changed: readonly string[];
  /** Newest last. */
  readonly decisions: readonly string[];
};

type Json = Readonly<Record<string, unknown>>;

export function parseOpencodeSession(raw: unknown, directory: string): OpencodeSession {
  const messages = listOf(objectOf(raw).messages).map(objectOf);
  const said = messages.filter((message) => roleOf(message) === 'assistant').map(textOf);
  const parts = messages.flatMap(({ parts }) => listOf(parts).map(objectOf));
  const done = parts.filter((part) => part.type === 'tool' && objectOf(part.state).status === 'completed');
  return {
    prompts: messages.filter((message) => roleOf(message) === 'user').map(textOf),
    summary: manyLines(said.findLast((text) => text.trim() !== '') ?? ''),
    todos: done.reduce<TodoLists>(lastTodos, NO_TODOS),
    changed: [...new Set(done.flatMap(filesOf).reverse())].flatMap(
      (file) => relativeTo(directory, file) ?? [],
    ),
    decisions: said.flatMap(findDecisions),
  };
}

function lastTodos(before: TodoLists, { tool, state }: Json): TodoLists {
  if (tool !== 'todowrite') return before;
  const call = parseToolCall('TodoWrite', objectOf(objectOf(state).input));
  return call?.tool === 'list-todos' ? call.todos : before;
}

const PATCHED = /^\*\*\* (?:Add|Update|Delete|Move to)(?: File)?: (.+)$/gm;

function filesOf({ tool, state }: Json): readonly string[] {
  const { filePath, patchText } = objectOf(objectOf(state).input);
  if ((tool === 'write' || tool === 'edit') && typeof filePath === 'string') return [filePath];
  if (typeof patchText !== 'string') return [];
  return [...patchText.matchAll(PATCHED)].flatMap(([, file]) => file?.trim() ?? []);
}

function roleOf({ info }: Json): unknown {
  return objectOf(info).role;
}

function textOf({ parts }: Json): string {
  return listOf(parts)
    .map(objectOf)
    .flatMap(({ type, text, synthetic }) =>
      type === 'text' && typeof text === 'string' && synthetic !== true ? [text] : [],
    )
    .join('\n');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
