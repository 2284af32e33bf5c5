import type { PermissionMode } from './permission-mode.ts';

const REACH: Readonly<Record<PermissionMode, number>> = {
  plan: 0,
  default: 1,
  manual: 1,
  auto: 1,
  dontAsk: 1,
  acceptEdits: 2,
  bypassPermissions: 3,
};

/** What is asked for, but never more than the session may; the session's own where nothing is asked for. */
export function withinSession(asked: PermissionMode | undefined, session: PermissionMode): PermissionMode {
  if (asked === undefined) return session;
  return REACH[asked] <= REACH[session] ? asked : session;
}
