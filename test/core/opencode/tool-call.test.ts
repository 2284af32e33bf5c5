import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFiles, requestOf } from '../../../src/core/opencode/tool-call.ts';

const patch = (text: string) => ({ tool: 'apply_patch', input: { patchText: text } });

describe('what a tool call asks for', () => {
  it.each([
    [
      { tool: 'write', input: { filePath: '/p/a', content: 'x' } },
      { permission: 'edit', patterns: [], paths: ['/p/a'] },
    ],
    [
      { tool: 'edit', input: { filePath: 'a' } },
      { permission: 'edit', patterns: [], paths: ['a'] },
    ],
    [
      { tool: 'edit', input: {} },
      { permission: 'edit', patterns: [], paths: [] },
    ],
    [
      { tool: 'edit', input: null },
      { permission: 'edit', patterns: [], paths: [] },
    ],
    [
      { tool: 'bash', input: { command: 'ls' } },
      { permission: 'bash', patterns: ['ls'], paths: [] },
    ],
    [{ tool: 'read', input: { filePath: '/etc/passwd' } }, null],
    [{ tool: 'todowrite', input: {} }, null],
  ])('%o', (call, request) => {
    expect(requestOf(call)).toEqual(request);
  });

  it('is every file of a patch, and where each is to be moved', () => {
    const text = [
      '*** Begin Patch',
      '*** Add File: a.txt',
      '+x',
      '*** Update File:   b c.txt  ',
      '*** Move to: .git/hooks/pre-commit',
      '@@',
      '*** Delete File: d:e.txt\r',
      '*** End Patch',
    ].join('\n');
    expect(requestOf(patch(text))?.paths).toEqual(['a.txt', 'b c.txt', '.git/hooks/pre-commit', 'd:e.txt']);
  });

  it('is nothing in what is no patch, and then nobody allows it', () => {
    for (const text of ['', 'no patch', undefined]) {
      const input = { patchText: text };
      expect(requestOf({ tool: 'apply_patch', input })).toEqual({
        permission: 'edit',
        patterns: [],
        paths: [],
      });
    }
  });

  it('misses no path that OpenCode would find, whatever characters it holds', () => {
    const headers = fc.constantFrom('*** Add File:', '*** Update File:', '*** Delete File:', '*** Move to:');
    const path = fc.string({
      unit: fc.constantFrom('a', '/', '..', '\r', '\u2028', '\u0085', ' ', ':', '*', '.git'),
    });
    fc.assert(
      fc.property(headers, path, (header, text) => {
        // As OpenCode 1.18.33 reads a header line.
        const found = text.trim();
        const ours = requestOf(patch(`*** Begin Patch\n${header}${text}\n*** End Patch`))?.paths ?? [];
        return found === '' || ours.some((one) => resolve('/p', one) === resolve('/p', found));
      }),
    );
  });
});

describe('the files that a call has changed', () => {
  it.each([
    [{ tool: 'write', input: { filePath: '/p/a' } }, {}, ['/p/a']],
    [{ tool: 'edit', input: { filePath: '/p/a' } }, undefined, ['/p/a']],
    [
      { tool: 'apply_patch', input: {} },
      { files: [{ filePath: '/p/a', movePath: '/p/b' }, { filePath: '/p/c' }, null, { filePath: 5 }] },
      ['/p/a', '/p/b', '/p/c'],
    ],
    [{ tool: 'apply_patch', input: {} }, { files: 'x' }, []],
    [{ tool: 'read', input: { filePath: '/p/a' } }, {}, []],
  ])('%o', (call, metadata, files) => {
    expect(changedFiles(call, metadata)).toEqual(files);
  });
});
