/** Claude Code's task list of a session: a file for each task. `null` where it keeps none. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oneLine } from '../../core/context/one-line.ts';
import { addTodo, parseState } from '../../core/context/parse-tool-call.ts';
import { NO_TODOS, type TodoLists } from '../../core/context/work-context.ts';

export async function readTaskList(claudeDir: string, sessionId: string): Promise<TodoLists | null> {
  // The id becomes part of a path.
  if (!/^[\w-]+$/.test(sessionId)) return null;
  const folder = join(claudeDir, 'tasks', sessionId);
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d+\.json$/.test(name));
  if (names.length === 0) return null;
  const byNumber = names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const tasks = await Promise.all(byNumber.map((name) => readTask(join(folder, name))));
  return tasks.reduce<TodoLists>((lists, task) => {
    const subject = typeof task.subject === 'string' ? oneLine(task.subject) : '';
    return subject === '' ? lists : addTodo(lists, subject, parseState(task.status) ?? 'pending');
  }, NO_TODOS);
}

async function readTask(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const task: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof task === 'object' && task !== null ? (task as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
