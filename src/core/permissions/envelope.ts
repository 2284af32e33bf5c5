// What may a delegated task do? Never more than Claude Code's session may do now:
// the role's rights ∩ the session's permission mode ∩ the user's config.

import { type PermissionMode, parsePermissionMode } from './permission-mode.ts';

export type DelegateWrites = 'never' | 'ask' | 'allow';

/** Why a role that writes is not delegated. */
export type StayReason = 'writes-not-delegated' | 'writes-need-asking';

/** What a task that is delegated may do. Each kind includes the one before it. */
export type Grant =
  | { readonly kind: 'read-only' }
  | { readonly kind: 'edit-in-project' }
  | { readonly kind: 'full' };

export type Envelope = Grant | { readonly kind: 'stay'; readonly reason: StayReason };

export type EnvelopeQuestion = {
  /** The role normally edits files. */
  readonly writes: boolean;
  /** As Claude Code names it; an unknown one counts as `default`. */
  readonly permissionMode: string;
  readonly delegateWrites: DelegateWrites;
};

/** What a mode grants a role that writes. `by-config`: the mode would ask the user, so the config answers. */
const GRANTED_TO_WRITERS: Readonly<Record<PermissionMode, Grant['kind'] | 'by-config'>> = {
  plan: 'read-only',
  default: 'by-config',
  manual: 'by-config',
  auto: 'by-config',
  dontAsk: 'by-config',
  acceptEdits: 'edit-in-project',
  bypassPermissions: 'full',
};

export function decideEnvelope({ writes, permissionMode, delegateWrites }: EnvelopeQuestion): Envelope {
  if (!writes) return { kind: 'read-only' };
  const granted = GRANTED_TO_WRITERS[parsePermissionMode(permissionMode)];
  return granted === 'by-config' ? grantByConfig(delegateWrites) : { kind: granted };
}

/** Nobody can be asked from inside OpenCode, so `ask` keeps the task on Claude, where the user is asked. */
function grantByConfig(delegateWrites: DelegateWrites): Envelope {
  if (delegateWrites === 'allow') return { kind: 'edit-in-project' };
  return { kind: 'stay', reason: delegateWrites === 'ask' ? 'writes-need-asking' : 'writes-not-delegated' };
}
