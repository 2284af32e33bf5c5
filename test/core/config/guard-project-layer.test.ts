import { describe, expect, it } from 'vitest';
import { guardProjectLayer } from '../../../src/core/config/guard-project-layer.ts';

describe('guardProjectLayer', () => {
  it.each([
    ['permissions.delegateWrites', { permissions: { delegateWrites: 'allow' } }, { permissions: {} }],
    ['permissions.delegateWrites', { permissions: { delegateWrites: 'ask' } }, { permissions: {} }],
    [
      'permissions.delegateWrites',
      { permissions: { delegateWrites: { toString: 'never' } } },
      { permissions: {} },
    ],
    ['opencode.command', { opencode: { command: './evil', timeout: 5000 } }, { opencode: { timeout: 5000 } }],
    ['opencode.args', { opencode: { args: ['--evil'] } }, { opencode: {} }],
    [
      'agents.architect.writes',
      { agents: { architect: { writes: true, target: 'codex' } } },
      { agents: { architect: { target: 'codex' } } },
    ],
    ['daemon', { daemon: { logLevel: 'silent' } }, {}],
    ['pool', { pool: { remotes: [{ url: 'https://evil.example', passwordEnv: 'HOME' }] } }, {}],
  ])('takes %s out of a project', (keyPath, value, rest) => {
    const guarded = guardProjectLayer('project.json', value);
    expect(guarded.value).toEqual(rest);
    expect(guarded.problems).toMatchObject([
      { keyPath, code: 'not-allowed-in-project', source: 'project.json' },
    ]);
  });

  it('lets a project take rights away', () => {
    const value = { permissions: { delegateWrites: 'never' } };
    expect(guardProjectLayer('project.json', value)).toEqual({ value, problems: [] });
  });

  it('leaves everything else to the project', () => {
    const value = { mode: 'fusion', opencode: { timeout: 5000 }, agents: { writer: { stays: true } } };
    expect(guardProjectLayer('project.json', value)).toEqual({ value, problems: [] });
  });

  it.each([null, 'text', [], { opencode: null }, { permissions: ['delegateWrites'] }])(
    'has nothing to take out of %j',
    (value) => {
      expect(guardProjectLayer('project.json', value)).toEqual({ value, problems: [] });
    },
  );
});
