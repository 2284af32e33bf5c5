import { describe, expect, it } from 'vitest';
import { describePrompt } from '../../../src/core/rules/describe-prompt.ts';

describe('describePrompt', () => {
  it.each([
    ['Fix src/auth/login.ts, please.', ['src/auth/login.ts']],
    ['Compare `README.md` with (docs/a.md).', ['README.md', 'docs/a.md']],
    [
      './x.js and ../y/z.py and ~/notes.txt and /etc/hosts',
      ['x.js', '../y/z.py', '~/notes.txt', '/etc/hosts'],
    ],
    ['twice a.ts: a.ts', ['a.ts']],
    ['C:\\work\\app.cs', ['C:/work/app.cs']],
    ['문서/설계.md 를 고쳐', ['문서/설계.md']],
    ['e.g. version 1.5, i.e. nothing at all...', []],
    ['', []],
  ])('finds in %j: %j', (prompt, files) => {
    expect(describePrompt(prompt)).toEqual({ chars: prompt.length, files });
  });

  it('takes no longer for a prompt that is made to hurt', () => {
    const startedAt = performance.now();
    describePrompt('a/'.repeat(200_000));
    describePrompt('a.-'.repeat(200_000));
    describePrompt('-'.repeat(400_000));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
