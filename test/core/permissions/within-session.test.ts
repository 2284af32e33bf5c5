import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideEnvelope } from '../../../src/core/permissions/envelope.ts';
import type { PermissionMode } from '../../../src/core/permissions/permission-mode.ts';
import { withinSession } from '../../../src/core/permissions/within-session.ts';

const MODES: readonly PermissionMode[] = [
  'default',
  'manual',
  'plan',
  'acceptEdits',
  'auto',
  'dontAsk',
  'bypassPermissions',
];
const RIGHTS = ['stay', 'read-only', 'edit-in-project', 'full'];
const mode = fc.constantFrom(...MODES);

/** What a writer gets in this mode, as a rank. */
const rightsIn = (permissionMode: PermissionMode) =>
  RIGHTS.indexOf(decideEnvelope({ writes: true, permissionMode, delegateWrites: 'allow' }).kind);

it('a session hands out no more rights than it has, and no more than was asked for', () => {
  fc.assert(
    fc.property(mode, mode, (asked, session) => {
      const rights = rightsIn(withinSession(asked, session));
      expect(rights).toBeLessThanOrEqual(rightsIn(session));
      expect(rights).toBeLessThanOrEqual(rightsIn(asked));
    }),
  );
});

it('a session hands out its own rights where nothing is asked for', () => {
  fc.assert(fc.property(mode, (session) => withinSession(undefined, session) === session));
});
