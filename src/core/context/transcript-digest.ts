/**
 * What is left of a transcript when it has been read: bounded, however long it was, and taken further by whatever
 * is written next.
 */
import { findDecisions } from './find-decisions.ts';
import { oneLine } from './one-line.ts';
import { addTodo } from './parse-tool-call.ts';
import type { TodoState, ToolCall, TranscriptEvent } from './transcript-event.ts';
import { NO_TODOS, type TodoLists } from './work-context.ts';

export type TranscriptDigest = {
  readonly sessionId: string | null;
  readonly cwd: string | null;
  readonly branch: string | null;
  /** Oldest first. */
  readonly prompts: readonly string[];
  readonly summary: string;
  /** As the transcript names them; the last one changed is last. */
  readonly edited: readonly string[];
  readonly read: readonly string[];
  readonly todos: Todos;
  /** Newest last. */
  readonly decisions: readonly string[];
  readonly calls: ReadonlyMap<string, ToolCall>;
};

/** A list that is written as a whole, or todos with a number each. */
type Todos =
  | { readonly kind: 'list'; readonly lists: TodoLists }
  | { readonly kind: 'numbered'; readonly byId: ReadonlyMap<string, NumberedTodo> };

type NumberedTodo = { readonly text: string; readonly state: TodoState };

export const EMPTY_DIGEST: TranscriptDigest = {
  sessionId: null,
  cwd: null,
  branch: null,
  prompts: [],
  summary: '',
  edited: [],
  read: [],
  todos: { kind: 'list', lists: NO_TODOS },
  decisions: [],
  calls: new Map(),
};

const KEPT = { prompts: 50, files: 200, decisions: 100, calls: 200, todos: 500 };

export function advanceDigest(digest: TranscriptDigest, event: TranscriptEvent): TranscriptDigest {
  switch (event.kind) {
    case 'place': {
      const { sessionId, cwd, branch } = event;
      return {
        ...digest,
        sessionId: sessionId ?? digest.sessionId,
        cwd: cwd ?? digest.cwd,
        branch: branch ?? digest.branch,
      };
    }
    case 'prompt':
      return { ...digest, prompts: [...digest.prompts, event.text].slice(-KEPT.prompts) };
    case 'said':
      return withDecisions(digest, findDecisions(event.text));
    case 'compacted':
      return { ...digest, summary: event.summary };
    case 'called':
      return { ...digest, calls: lastOf(new Map(digest.calls).set(event.id, event.call), KEPT.calls) };
    case 'returned':
      return takeResult(digest, event);
  }
}

/** A call counts when it has worked. */
function takeResult(
  digest: TranscriptDigest,
  event: TranscriptEvent & { kind: 'returned' },
): TranscriptDigest {
  const call = digest.calls.get(event.id);
  const answered = withDecisions(
    digest,
    event.answers.map(([question, answer]) => oneLine(`${question} → ${answer}`)),
  );
  if (call === undefined) return answered;
  const calls = new Map(digest.calls);
  calls.delete(event.id);
  const rest = { ...answered, calls };
  return event.isError ? rest : takeCall(rest, call, event.text);
}

function takeCall(digest: TranscriptDigest, call: ToolCall, result: string): TranscriptDigest {
  switch (call.tool) {
    case 'edit':
      return { ...digest, edited: movedToEnd(digest.edited, call.file) };
    case 'read':
      return { ...digest, read: movedToEnd(digest.read, call.file) };
    case 'list-todos':
      return { ...digest, todos: { kind: 'list', lists: call.todos } };
    case 'create-todo': {
      const id = /^Task #(\S+) created/.exec(result)?.[1];
      return id === undefined ? digest : withTodo(digest, id, { text: oneLine(call.text), state: 'pending' });
    }
    case 'update-todo': {
      const before = numbered(digest).get(call.todo);
      // Made before the part that was read: without a text nobody knows what it is.
      const text = call.text ?? before?.text;
      if (text === undefined) return digest;
      return withTodo(digest, call.todo, { text, state: call.state ?? before?.state ?? 'pending' });
    }
    case 'plan':
      return withDecisions(digest, [oneLine(firstLine(call.text))]);
    case 'delegate':
      return digest;
  }
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.replace(/^[#\s]+/, '') ?? ''
  );
}

export function todosOf({ todos }: TranscriptDigest): TodoLists {
  if (todos.kind === 'list') return todos.lists;
  return [...todos.byId.values()].reduce<TodoLists>(
    (lists, { text, state }) => addTodo(lists, text, state),
    NO_TODOS,
  );
}

function numbered({ todos }: TranscriptDigest): ReadonlyMap<string, NumberedTodo> {
  return todos.kind === 'numbered' ? todos.byId : new Map();
}

function withTodo(digest: TranscriptDigest, id: string, todo: NumberedTodo): TranscriptDigest {
  const byId = lastOf(new Map(numbered(digest)).set(id, todo), KEPT.todos);
  return { ...digest, todos: { kind: 'numbered', byId } };
}

function withDecisions(digest: TranscriptDigest, found: readonly string[]): TranscriptDigest {
  if (found.length === 0) return digest;
  const decisions = found.reduce(movedToEndUnbounded, digest.decisions).slice(-KEPT.decisions);
  return { ...digest, decisions };
}

function movedToEnd(list: readonly string[], item: string): readonly string[] {
  return movedToEndUnbounded(list, item).slice(-KEPT.files);
}

function movedToEndUnbounded(list: readonly string[], item: string): readonly string[] {
  return list.at(-1) === item ? list : [...list.filter((other) => other !== item), item];
}

function lastOf<V>(map: Map<string, V>, size: number): ReadonlyMap<string, V> {
  for (const key of map.keys()) {
    if (map.size <= size) break;
    map.delete(key);
  }
  return map;
}
