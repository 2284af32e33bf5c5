/** In which permission mode is this session? Claude Code writes it down with every prompt of its user. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type PermissionMode, parsePermissionMode } from '../../core/permissions/permission-mode.ts';
import { readTranscriptEnd } from './transcript-file.ts';

/** `null`: no transcript tells it. A change after the last prompt is not seen before the next one. */
export async function sessionPermissionMode(
  claudeDir: string,
  sessionId: string,
): Promise<PermissionMode | null> {
  const projects = join(claudeDir, 'projects');
  const folders = await readdir(projects).catch(() => []);
  for (const folder of folders) {
    const file = join(projects, folder, `${sessionId}.jsonl`);
    const { records } = await readTranscriptEnd(file).catch(() => ({ records: [] }));
    const told = records.findLast(tellsMode);
    if (tellsMode(told)) return parsePermissionMode(told.permissionMode);
  }
  return null;
}

function tellsMode(record: unknown): record is { readonly permissionMode: unknown } {
  return typeof record === 'object' && record !== null && 'permissionMode' in record;
}
