import { describe, expect, it } from 'vitest';
import { decidePermission } from '../../../src/core/permissions/decide-permission.ts';
import type { Grant } from '../../../src/core/permissions/envelope.ts';

const KINDS = ['read-only', 'edit-in-project', 'full'] as const;

function answer(
  permission: string,
  kind: Grant['kind'],
  given: { paths?: string[]; patterns?: string[] } = {},
) {
  const request = { permission, patterns: [], paths: [], ...given };
  return decidePermission(request, { kind }, { directory: '/home/u/proj' });
}

const edit = (path: string, directory = '/home/u/proj') =>
  decidePermission(
    { permission: 'edit', patterns: [], paths: [path] },
    { kind: 'edit-in-project' },
    { directory },
  ).reply;

describe('decidePermission', () => {
  it.each([
    ['edit', 'reject', 'once', 'once'],
    ['bash', 'reject', 'reject', 'once'],
    ['external_directory', 'reject', 'reject', 'reject'],
    ['doom_loop', 'reject', 'reject', 'reject'],
    ['invented_tomorrow', 'reject', 'reject', 'reject'],
    ['', 'reject', 'reject', 'reject'],
  ])('%s', (permission, ...expected) => {
    const replies = KINDS.map((kind) => answer(permission, kind, { paths: ['/home/u/proj/a.ts'] }).reply);
    expect(replies).toEqual(expected);
  });

  it('always says why, because a rejection without a message ends the whole run', () => {
    for (const kind of KINDS) {
      for (const permission of ['edit', 'bash', 'external_directory', 'x'.repeat(10_000)]) {
        const { message } = answer(permission, kind, { paths: ['/etc/passwd'] });
        expect(message).not.toBe('');
        expect(message.length).toBeLessThan(300);
      }
    }
  });

  it('rejects an edit that names no file', () => {
    expect(answer('edit', 'full').reply).toBe('reject');
  });

  it('rejects an edit of which only one file is inside', () => {
    const paths = ['/home/u/proj/a.ts', '/etc/passwd'];
    expect(answer('edit', 'full', { paths })).toMatchObject({
      reply: 'reject',
      message: expect.stringContaining('"/etc/passwd"'),
    });
  });

  it('rejects an edit whose pattern leads out, whatever its paths say', () => {
    const paths = ['/home/u/proj/a.ts'];
    expect(answer('edit', 'edit-in-project', { paths, patterns: ['../b.ts'] }).reply).toBe('reject');
    expect(answer('edit', 'edit-in-project', { paths, patterns: ['src/a.ts'] }).reply).toBe('once');
  });
});

it('does not mistake the folders above a project for protected ones when a pattern starts at the disk', () => {
  const request = { permission: 'edit', patterns: ['r/.claude/w/a.ts'], paths: ['/r/.claude/w/a.ts'] };
  expect(decidePermission(request, { kind: 'edit-in-project' }, { directory: '/r/.claude/w' }).reply).toBe(
    'once',
  );
});

describe('an edit', () => {
  it.each([
    '/home/u/proj/src/a.ts',
    'src/a.ts',
    './src/../src/a.ts',
    '/home/u/proj/한국어 이름.md',
    '/home/u/proj/..a/b',
    '/home/u/proj/.github/workflows/ci.yml',
    '/home/u/proj/.gitignore',
    '/home/u/proj/src/environment.ts',
    '/home/u/other/../proj/a.ts',
    '/../home/u/proj/a.ts',
  ])('of %s is inside the project', (path) => {
    expect(edit(path)).toBe('once');
  });

  it.each([
    '',
    '/',
    '/home/u/proj',
    '/home/u/proj/',
    '/home/u/proj-evil/a.ts',
    '/home/u/proj/../proj-evil/a.ts',
    '/home/u/PROJ/a.ts',
    '/etc/passwd',
    '../a.ts',
    'src/../../a.ts',
    '..\\a.ts',
    'src\\..\\..\\a.ts',
    '/home/u/proj\\a.ts',
    '\\etc\\passwd',
    'C:\\Windows\\a.ts',
    'C:/Windows/a.ts',
    '~/a.ts/../../../../x',
    '/home/u/proj/a\u0000.ts',
    '/home/u/proj/a\n.ts',
  ])('of %j is not', (path) => {
    expect(edit(path)).toBe('reject');
  });

  it.each([
    '.git/config',
    '.git',
    'sub/.git/hooks/pre-commit',
    '.GIT/config',
    '.g\u200cit/config',
    '.claude/settings.json',
    '.opencode/plugin/x.js',
    '.env',
    '.env.local',
    '.envrc',
    'app/.env/x',
    'prod.env',
    'prod.env.bak',
    'opencode.json',
    'opencode.jsonc',
    '.mcp.json',
    'sub/OpenCode.json',
  ])('of %j is never allowed', (path) => {
    expect(edit(`/home/u/proj/${path}`)).toBe('reject');
    expect(edit(path)).toBe('reject');
  });

  it("is not stopped by what the project's own path contains", () => {
    expect(edit('/r/.claude/worktrees/w/a.ts', '/r/.claude/worktrees/w')).toBe('once');
  });

  it.each(['/', '', 'relative/proj', '.', '/..'])('has no project in %j', (directory) => {
    expect(edit('a.ts', directory)).toBe('reject');
    expect(edit('/relative/proj/a.ts', directory)).toBe('reject');
  });
});

describe('an edit on Windows', () => {
  const directory = 'C:\\Users\\u\\proj';

  it.each([
    'C:\\Users\\u\\proj\\a.ts',
    'c:/users/U/Proj/a.ts',
    'src\\a.ts',
    'src/./a.ts',
    'C:\\Users\\u\\x\\..\\proj\\a.ts',
  ])('of %s is inside the project', (path) => {
    expect(edit(path, directory)).toBe('once');
  });

  it.each([
    'C:\\Users\\u\\proj-evil\\a.ts',
    'D:\\Users\\u\\proj\\a.ts',
    '..\\a.ts',
    '\\Users\\u\\proj\\a.ts',
    '\\\\server\\share\\a.ts',
    '\\\\?\\C:\\Users\\u\\proj\\a.ts',
    'C:a.ts',
    'a.ts:stream',
    'C:\\Users\\u\\proj\\.git.\\config',
    'C:\\Users\\u\\proj\\.git \\config',
    'C:\\Users\\u\\proj\\GIT~1\\config',
    'C:\\Users\\u\\proj\\.. \\a.ts',
    'C:\\Users\\u\\proj\\.Claude\\settings.json',
    'C:\\..\\..\\a.ts',
    'C:\\Users\\u\\proj',
  ])('of %s is not allowed', (path) => {
    expect(edit(path, directory)).toBe('reject');
  });

  it('works on a share', () => {
    expect(edit('\\\\server\\share\\proj\\a.ts', '\\\\server\\share\\proj')).toBe('once');
    expect(edit('\\\\server\\other\\a.ts', '\\\\server\\share\\proj')).toBe('reject');
  });

  it('has no project on a bare drive', () => {
    expect(edit('C:\\a.ts', 'C:\\')).toBe('reject');
  });
});
