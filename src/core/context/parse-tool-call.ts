/** Which calls of Claude Code's tools tell of the work, under their names of today and of yesterday. */
import { oneLine } from './one-line.ts';
import type { TodoState, ToolCall } from './transcript-event.ts';
import { NO_TODOS, type TodoLists } from './work-context.ts';

const EDITING = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']);

export function parseToolCall(name: string, input: Readonly<Record<string, unknown>>): ToolCall | null {
  const file = text(input.file_path) ?? text(input.notebook_path);
  if (EDITING.has(name)) return file === null ? null : { tool: 'edit', file };
  switch (name) {
    case 'Read':
      return file === null ? null : { tool: 'read', file };
    case 'TodoWrite':
      return Array.isArray(input.todos) ? { tool: 'list-todos', todos: groupTodos(input.todos) } : null;
    case 'TaskCreate':
      return fromText(text(input.subject) ?? text(input.description), (it) => ({
        tool: 'create-todo',
        text: it,
      }));
    case 'TaskUpdate':
      return fromText(idOf(input.taskId), (todo) => ({
        tool: 'update-todo',
        todo,
        state: parseState(input.status),
        text: lineOf(input.subject),
      }));
    case 'Agent':
    case 'Task':
      return fromText(lineOf(input.description) ?? '', (description) => ({
        tool: 'delegate',
        agent: text(input.subagent_type) ?? 'general-purpose',
        description,
      }));
    case 'ExitPlanMode':
      return fromText(text(input.plan), (plan) => ({ tool: 'plan', text: plan }));
    default:
      return null;
  }
}

function groupTodos(todos: readonly unknown[]): TodoLists {
  return todos.reduce<TodoLists>((lists, todo) => {
    const { content, status } = (todo ?? {}) as Readonly<Record<string, unknown>>;
    const line = lineOf(content);
    return line === null ? lists : addTodo(lists, line, parseState(status) ?? 'pending');
  }, NO_TODOS);
}

export function addTodo(lists: TodoLists, line: string, state: TodoState): TodoLists {
  switch (state) {
    case 'pending':
      return { ...lists, pending: [...lists.pending, line] };
    case 'in_progress':
      return { ...lists, inProgress: [...lists.inProgress, line] };
    case 'completed':
      // The last one that was done counts most.
      return { ...lists, completed: [line, ...lists.completed] };
    case 'deleted':
      return lists;
  }
}

export function parseState(status: unknown): TodoState | null {
  switch (status) {
    case 'pending':
    case 'in_progress':
    case 'completed':
    case 'deleted':
      return status;
    // OpenCode's word for it.
    case 'cancelled':
      return 'deleted';
    default:
      return null;
  }
}

function fromText(given: string | null, make: (text: string) => ToolCall): ToolCall | null {
  return given === null ? null : make(given);
}

function lineOf(value: unknown): string | null {
  const line = oneLine(text(value) ?? '');
  return line === '' ? null : line;
}

function idOf(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : text(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
