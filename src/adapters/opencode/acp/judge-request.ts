/** Answers what OpenCode asks over ACP: at once and from the task's envelope, over the real paths of what is meant. */
import { resolve } from 'node:path';
import type {
  PermissionOption,
  RequestPermissionRequest,
  RequestPermissionResponse,
} from '@agentclientprotocol/sdk';
import type { EngineEvent, EngineWork } from '../../../core/delegation/engine.ts';
import { decidePermission } from '../../../core/permissions/decide-permission.ts';
import { realPath } from '../real-path.ts';

export type Judged = {
  readonly event: Extract<EngineEvent, { type: 'permission' }>;
  readonly response: RequestPermissionResponse;
};

export async function judgeRequest(
  { toolCall, options }: RequestPermissionRequest,
  { directory, grant }: Pick<EngineWork, 'directory' | 'grant'>,
): Promise<Judged> {
  const permission = permissionOf(toolCall);
  const named = pathsOf(toolCall).map((path) => resolve(directory, path));
  const paths = await Promise.all(named.map((path) => realPath(path)));
  const project = { directory: await realPath(directory) };
  const answer = decidePermission({ permission, patterns: [], paths }, grant, project);
  const patterns = named.length > 0 ? named : [toolCall.title ?? ''];
  return {
    event: { type: 'permission', permission, patterns, ...answer },
    response: { outcome: outcomeOf(options, answer.reply === 'once' ? 'allow_once' : 'reject_once') },
  };
}

type ToolCall = RequestPermissionRequest['toolCall'];

/** The request does not name the permission; its kind tells the two that may be allowed. */
function permissionOf({ kind }: ToolCall): string {
  if (kind === 'edit') return 'edit';
  return kind === 'execute' ? 'bash' : 'other';
}

/** Where a patch moves a file stands in both places; one of them is enough. */
function pathsOf({ locations, rawInput }: ToolCall): readonly string[] {
  const { files } = (rawInput ?? {}) as { files?: unknown };
  const listed = Array.isArray(files) ? files.flatMap(pathsOfFile) : [];
  return [...new Set([...(locations ?? []).map(({ path }) => path), ...listed])];
}

function pathsOfFile(file: unknown): readonly string[] {
  const { filePath, movePath } = (file ?? {}) as { filePath?: unknown; movePath?: unknown };
  return [filePath, movePath].filter((path) => typeof path === 'string');
}

function outcomeOf(
  options: readonly PermissionOption[],
  kind: PermissionOption['kind'],
): RequestPermissionResponse['outcome'] {
  const option = options.find((one) => one.kind === kind);
  return option === undefined ? { outcome: 'cancelled' } : { outcome: 'selected', optionId: option.optionId };
}
