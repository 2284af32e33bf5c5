import type { Environment } from '../../adapters/files/paths.ts';

/** The Claude Code session that this program was started in; it tells its children so. */
export function sessionAround({ CLAUDE_CODE_SESSION_ID }: Environment): string | undefined {
  return CLAUDE_CODE_SESSION_ID || undefined;
}
