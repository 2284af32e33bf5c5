import { describe, expect, it } from 'vitest';
import { decideEnvelope } from '../../../src/core/permissions/envelope.ts';
import { toOpencodeRules } from '../../../src/core/permissions/opencode-rules.ts';

const MODES = [
  'default',
  'manual',
  'plan',
  'acceptEdits',
  'auto',
  'dontAsk',
  'bypassPermissions',
  'from-tomorrow',
  '',
];

describe('decideEnvelope', () => {
  it.each([
    ['plan', 'read-only', 'read-only', 'read-only'],
    ['default', 'writes-not-delegated', 'writes-need-asking', 'edit-in-project'],
    ['manual', 'writes-not-delegated', 'writes-need-asking', 'edit-in-project'],
    ['auto', 'writes-not-delegated', 'writes-need-asking', 'edit-in-project'],
    ['dontAsk', 'writes-not-delegated', 'writes-need-asking', 'edit-in-project'],
    ['from-tomorrow', 'writes-not-delegated', 'writes-need-asking', 'edit-in-project'],
    ['__proto__', 'writes-not-delegated', 'writes-need-asking', 'edit-in-project'],
    ['acceptEdits', 'edit-in-project', 'edit-in-project', 'edit-in-project'],
    ['bypassPermissions', 'full', 'full', 'full'],
  ])('for a role that writes, in %s mode', (permissionMode, never, ask, allow) => {
    const outcomes = (['never', 'ask', 'allow'] as const).map((delegateWrites) => {
      const envelope = decideEnvelope({ writes: true, permissionMode, delegateWrites });
      return envelope.kind === 'stay' ? envelope.reason : envelope.kind;
    });
    expect(outcomes).toEqual([never, ask, allow]);
  });

  it.each(MODES)('gives a role that does not write no more than reading, in "%s" mode', (permissionMode) => {
    for (const delegateWrites of ['never', 'ask', 'allow'] as const) {
      expect(decideEnvelope({ writes: false, permissionMode, delegateWrites })).toEqual({
        kind: 'read-only',
      });
    }
  });
});

/** OpenCode's own way: the last rule that matches. */
function actionFor(kind: 'read-only' | 'edit-in-project' | 'full', permission: string, subject = 'x') {
  const matches = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(text);
  const rules = toOpencodeRules({ kind });
  return rules.findLast((rule) => matches(rule.permission, permission) && matches(rule.pattern, subject))
    ?.action;
}

describe('toOpencodeRules', () => {
  it.each([
    ['read', 'src/a.ts', 'allow', 'allow', 'allow'],
    ['read', '.env', 'deny', 'deny', 'deny'],
    ['read', 'app/.env.local', 'deny', 'deny', 'deny'],
    ['read', 'app/.env.example', 'allow', 'allow', 'allow'],
    ['grep', 'x', 'allow', 'allow', 'allow'],
    ['glob', 'x', 'allow', 'allow', 'allow'],
    ['list', 'x', 'allow', 'allow', 'allow'],
    ['edit', 'src/a.ts', 'deny', 'ask', 'ask'],
    ['bash', 'rm -rf /', 'deny', 'deny', 'ask'],
    ['task', 'x', 'deny', 'deny', 'allow'],
    ['todowrite', 'x', 'deny', 'allow', 'allow'],
    ['todoread', 'x', 'deny', 'allow', 'allow'],
    ['webfetch', 'x', 'deny', 'deny', 'allow'],
    ['question', 'x', 'deny', 'deny', 'deny'],
    ['doom_loop', 'x', 'deny', 'deny', 'deny'],
    ['external_directory', '/etc', 'deny', 'deny', 'ask'],
    ['invented_tomorrow', 'x', 'deny', 'deny', 'allow'],
  ])('%s of %s', (permission, subject, readOnly, editing, full) => {
    expect(actionFor('read-only', permission, subject)).toBe(readOnly);
    expect(actionFor('edit-in-project', permission, subject)).toBe(editing);
    expect(actionFor('full', permission, subject)).toBe(full);
  });
});
