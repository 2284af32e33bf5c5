import { describe, expect, it } from 'vitest';
import { canRunInParallel } from '../../../src/core/scheduling/can-run-in-parallel.ts';

describe('tasks can run in parallel', () => {
  it('not when two of them name the same file, and the file and the two are told', () => {
    expect(canRunInParallel([{ files: ['src/auth.js', 'src/db.js'] }, { files: ['src/auth.js'] }])).toEqual({
      canParallel: false,
      reason: 'file-conflicts',
      conflicts: [{ file: 'src/auth.js', tasks: [0, 1] }],
    });
  });

  it('not when one names a folder, or a glob, and another a file in it', () => {
    expect(canRunInParallel([{ files: ['src'] }, {}, { files: ['src/a.ts'] }]).conflicts).toEqual([
      { file: 'src/a.ts', tasks: [0, 2] },
    ]);
    expect(canRunInParallel([{ files: ['src/**'] }, { files: ['src/a.ts'] }]).conflicts).toEqual([
      { file: 'src/a.ts', tasks: [0, 1] },
    ]);
  });

  it('not when one needs another of them', () => {
    const tasks = [{ id: 'a' }, { id: 'b', dependsOn: ['a'] }];
    expect(canRunInParallel(tasks)).toMatchObject({ canParallel: false, reason: 'dependencies' });
  });

  it('not when there are fewer than two', () => {
    expect(canRunInParallel([{ id: 'a' }])).toMatchObject({ canParallel: false, reason: 'too-few-tasks' });
    expect(canRunInParallel([])).toMatchObject({ canParallel: false, reason: 'too-few-tasks' });
  });

  it('when they are independent, though one of them names a folder and a file in it', () => {
    const tasks = [{ files: ['src', 'src/a.ts'] }, { files: ['test/a.ts'], dependsOn: ['done-before'] }];
    expect(canRunInParallel(tasks)).toEqual({ canParallel: true, reason: 'independent', conflicts: [] });
  });
});
