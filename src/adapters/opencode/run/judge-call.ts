/** May this tool call be made? Decided from the task's envelope, over the real paths of what it would touch. */
import { resolve } from 'node:path';
import type { EngineEvent, EngineWork } from '../../../core/delegation/engine.ts';
import { requestOf, type ToolCall } from '../../../core/opencode/tool-call.ts';
import { decidePermission } from '../../../core/permissions/decide-permission.ts';
import { realPath } from '../real-path.ts';

type PermissionEvent = Extract<EngineEvent, { type: 'permission' }>;

/** `null` for a call that only looks: OpenCode's own rules say where. */
export async function judgeCall(
  call: ToolCall,
  task: Pick<EngineWork, 'directory' | 'grant'>,
): Promise<PermissionEvent | null> {
  const request = requestOf(call);
  if (request === null) return null;
  const { permission, patterns } = request;
  const named = request.paths.map((path) => resolve(task.directory, path));
  const paths = await Promise.all(named.map((path) => realPath(path)));
  const project = { directory: await realPath(task.directory) };
  const answer = decidePermission({ permission, patterns: [], paths }, task.grant, project);
  return { type: 'permission', permission, patterns: [...patterns, ...named], ...answer };
}
