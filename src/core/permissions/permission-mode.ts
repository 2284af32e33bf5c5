/** Claude Code's permission modes. `manual` is its other name for `default`. */
export type PermissionMode =
  | 'default'
  | 'manual'
  | 'plan'
  | 'acceptEdits'
  | 'auto'
  | 'dontAsk'
  | 'bypassPermissions';

const MODES: ReadonlySet<string> = new Set<PermissionMode>([
  'default',
  'manual',
  'plan',
  'acceptEdits',
  'auto',
  'dontAsk',
  'bypassPermissions',
]);

/** A mode that we do not know may be a strict one: it gets what `default` gets. */
export function parsePermissionMode(mode: unknown): PermissionMode {
  return typeof mode === 'string' && MODES.has(mode) ? (mode as PermissionMode) : 'default';
}
