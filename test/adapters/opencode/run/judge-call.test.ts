import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeCall } from '../../../../src/adapters/opencode/run/judge-call.ts';
import type { Grant } from '../../../../src/core/permissions/envelope.ts';

function useProject(): { root: string; directory: string } {
  const run = process.env.OMCM_TEST_RUN ?? 'x';
  const root = realpathSync(mkdtempSync(join(tmpdir(), `omcm-test-${run}-`)));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const directory = join(root, 'till');
  for (const folder of ['src', '.git/hooks']) mkdirSync(join(directory, folder), { recursive: true });
  mkdirSync(join(root, 'elsewhere'));
  return { root, directory };
}

const judge = async (
  directory: string,
  tool: string,
  input: unknown,
  kind: Grant['kind'] = 'edit-in-project',
) => (await judgeCall({ tool, input }, { directory, grant: { kind } }))?.reply ?? 'not asked';

describe('a call of a cold run that may edit', () => {
  it.each([
    ['src/a.ts', 'once'],
    ['new/folder/a.ts', 'once'],
    ['src/../src/a.ts', 'once'],
    ['../elsewhere/a.ts', 'reject'],
    ['/etc/passwd', 'reject'],
    ['.git/hooks/pre-commit', 'reject'],
    ['src/.env', 'reject'],
    ['opencode.json', 'reject'],
    ['.opencode/plugin/x.js', 'reject'],
    ['a\r/../.git/hooks/pre-commit', 'reject'],
  ])('to %j: %s', async (filePath, reply) => {
    const { directory } = useProject();
    expect(await judge(directory, 'write', { filePath })).toBe(reply);
  });

  it('counts where a link leads, also one to a file that is not there yet', async () => {
    const { root, directory } = useProject();
    symlinkSync(join(root, 'elsewhere'), join(directory, 'link'));
    symlinkSync(join(root, 'elsewhere', 'missing'), join(directory, 'dangling'));
    symlinkSync('../.git/hooks/pre-push', join(directory, 'src', 'hook'));
    symlinkSync('loop', join(directory, 'loop'));
    symlinkSync('src', join(directory, 'alias'));
    for (const filePath of ['link/a', 'dangling', 'src/hook'])
      expect(await judge(directory, 'edit', { filePath }), filePath).toBe('reject');
    for (const filePath of ['alias/a', 'loop'])
      expect(await judge(directory, 'edit', { filePath }), filePath).toBe('once');
  });

  it('works in a project that is itself behind a link', async () => {
    const { root, directory } = useProject();
    symlinkSync(directory, join(root, 'alias'));
    expect(await judge(join(root, 'alias'), 'write', { filePath: join(root, 'alias', 'a.ts') })).toBe('once');
    expect(await judge(join(root, 'alias'), 'write', { filePath: join(root, 'b.ts') })).toBe('reject');
  });

  it('uses no shell, and is not asked about what only looks', async () => {
    const { directory } = useProject();
    expect(await judge(directory, 'bash', { command: 'ls' })).toBe('reject');
    expect(await judge(directory, 'read', { filePath: '/etc/passwd' })).toBe('not asked');
  });

  it('uses the shell where the session allows everything, and still edits inside only', async () => {
    const { directory } = useProject();
    expect(await judge(directory, 'bash', { command: 'ls' }, 'full')).toBe('once');
    expect(await judge(directory, 'write', { filePath: '/etc/passwd' }, 'full')).toBe('reject');
  });
});
