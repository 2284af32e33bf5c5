/** Nobody sits before a headless session: whatever it asks is answered at once, from the task's envelope. */
import { resolve } from 'node:path';
import type { EngineEvent } from '../../../core/delegation/engine.ts';
import { decidePermission } from '../../../core/permissions/decide-permission.ts';
import type { Grant } from '../../../core/permissions/envelope.ts';
import { realPath } from '../real-path.ts';
import { type OpencodeClient, orThrow } from './connect-client.ts';
import type { SessionEvent } from './event-feed.ts';

type PermissionAsked = Extract<SessionEvent, { type: 'permission.asked' }>['properties'];
type QuestionAsked = Extract<SessionEvent, { type: 'question.asked' }>['properties'];

type Asker = { readonly directory: string; readonly signal: AbortSignal };

const NOBODY =
  'Nobody can answer here. Take the most reasonable choice yourself and say in your report which.';

export async function answerPermission(
  client: OpencodeClient,
  asked: PermissionAsked,
  task: Asker & { readonly grant: Grant },
): Promise<EngineEvent> {
  const paths = await Promise.all(pathsOf(asked, task.directory).map((path) => realPath(path)));
  const directory = await realPath(task.directory);
  const { permission, patterns } = asked;
  const answer = decidePermission({ permission, patterns, paths }, task.grant, { directory });
  const reply = { requestID: asked.id, directory: task.directory, ...answer };
  await client.permission.reply(reply, { signal: task.signal, ...orThrow });
  return { type: 'permission', permission, patterns, reply: answer.reply, message: answer.message };
}

export async function answerQuestion(
  client: OpencodeClient,
  asked: QuestionAsked,
  { directory, signal }: Asker,
): Promise<void> {
  await client.question.reply(
    { requestID: asked.id, directory, answers: asked.questions.map(() => [NOBODY]) },
    { signal, ...orThrow },
  );
}

/**
 * Every path that the request is about. `filepath` of several files is one string, joined by commas; `files` names
 * each, and where it is to be moved to.
 */
function pathsOf(asked: PermissionAsked, directory: string): string[] {
  const { filepath, files } = asked.metadata;
  const listed = Array.isArray(files) ? files.flatMap(pathsOfFile) : [];
  const named = listed.length === 0 && typeof filepath === 'string' ? [filepath] : listed;
  return [...new Set([...named, ...asked.patterns])].map((path) => resolve(directory, path));
}

function pathsOfFile(file: unknown): string[] {
  if (typeof file !== 'object' || file === null) return [];
  const { filePath, movePath } = file as { filePath?: unknown; movePath?: unknown };
  return [filePath, movePath].filter((path) => typeof path === 'string');
}
