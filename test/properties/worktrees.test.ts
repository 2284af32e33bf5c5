import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskPlan } from '../../src/core/scheduling/plan-tasks.ts';
import { createWorktreeChoice } from '../../src/core/worktrees/choose-worktrees.ts';
import { decideMerge } from '../../src/core/worktrees/decide-merge.ts';
import { nameBranch } from '../../src/core/worktrees/name-branch.ts';
import { pickNextMerge, placesInOrder } from '../../src/core/worktrees/pick-next-merge.ts';
import { readMergeCheck } from '../../src/core/worktrees/read-merge-check.ts';
import type { TreeChange, TreeEntry } from '../../src/core/worktrees/tree-change.ts';
import { planOf, task } from '../core/scheduling/batch-tasks.ts';

const plan: fc.Arbitrary<TaskPlan> = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(1_000), { maxLength: 2 }),
      files: fc.subarray(['a', 'b', 'c/d', 'c'], { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drawn) =>
    planOf(
      ...drawn.map(({ needs, files }, at) =>
        task(`t${at}`, { files, dependsOn: at === 0 ? [] : needs.map((need) => `t${need % at}`) }),
      ),
    ),
  );

/** Written anew, the plain way: who comes after whom. */
function thoseAfter({ followers }: TaskPlan, from: number): ReadonlySet<number> {
  const reached = new Set<number>();
  const go = (at: number) => {
    for (const next of followers[at] ?? []) {
      if (!reached.has(next)) go(next);
      reached.add(next);
    }
  };
  go(from);
  return reached;
}

describe('which tasks get a worktree', () => {
  it('auto: exactly the writers beside which another one may run', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.nat(11)), fc.integer({ min: 1, max: 3 }), (given, drawn, maxWorkers) => {
        const writers = new Set(drawn.filter((at) => at < given.tasks.length));
        const choose = createWorktreeChoice({ plan: given, writers, maxWorkers, policy: 'auto' });
        const runsBeside = (one: number) =>
          maxWorkers > 1 &&
          [...writers].some(
            (other) =>
              other !== one && !thoseAfter(given, one).has(other) && !thoseAfter(given, other).has(one),
          );
        for (const at of given.tasks.keys()) expect(choose(at)).toBe(writers.has(at) && runsBeside(at));
      }),
    );
  });

  it('always: all that write; never: none', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.nat(11)), (given, drawn) => {
        const writers = new Set(drawn);
        const question = { plan: given, writers, maxWorkers: 1 };
        const always = createWorktreeChoice({ ...question, policy: 'always' });
        const never = createWorktreeChoice({ ...question, policy: 'never' });
        for (const at of given.tasks.keys())
          expect([always(at), never(at)]).toEqual([writers.has(at), false]);
      }),
    );
  });
});

describe('the name of a branch', () => {
  const ids = fc.uniqueArray(
    fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
      fc.stringMatching(/^[a-zA-Z0-9_.-]{1,60}$/),
      fc.constantFrom(
        'api',
        'API',
        'a.1',
        'a-1',
        'task',
        '작업',
        'HEAD',
        'x.lock',
        '..',
        '-f',
        '@{-1}',
        'a b',
        'a/b',
        '~^:?*[\\',
      ),
    ),
    { minLength: 1, maxLength: 20 },
  );

  it('is safe for git, for a shell, and for a disk that ignores case', () => {
    fc.assert(
      fc.property(ids, fc.uuid(), (drawn, run) => {
        const names = drawn.map((id, place) => nameBranch({ run, task: id, place, taken: new Set() }));
        for (const name of names) {
          expect(name).toMatch(/^omcm\/[a-z0-9_-]+\/[a-z0-9_][a-z0-9_.-]*$/);
          expect(name).not.toMatch(/\.\.|\.lock$|\.$|\/-|-$/);
        }
        expect(new Set(names).size).toBe(drawn.length);
      }),
    );
  });

  it('is never one that is there', () => {
    fc.assert(
      fc.property(fc.constantFrom('api', '작업'), fc.nat(4), (id, count) => {
        const taken = new Set<string>();
        for (let turn = 0; turn <= count; turn += 1) {
          const name = nameBranch({ run: '5e0f2a1c-7d', task: id, place: 3, taken });
          expect(taken).not.toContain(name);
          taken.add(name);
        }
      }),
    );
  });

  it('is the task’s own id where that is a plain word', () => {
    expect(nameBranch({ run: '5e0f2a1c-7d4b', task: 'api-v2', place: 0, taken: new Set() })).toBe(
      'omcm/5e0f2a1c/api-v2',
    );
  });
});

describe('what git says of a merge', () => {
  const TREE = 'a'.repeat(40);
  it('is clean only with a tree and exit 0, and a conflict names its files', () => {
    expect(readMergeCheck(0, `${TREE}\0`)).toEqual({ kind: 'clean', tree: TREE });
    expect(readMergeCheck(1, `${TREE}\0b\nc\0a\0b\nc\0`)).toEqual({ kind: 'conflict', files: ['a', 'b\nc'] });
    fc.assert(
      fc.property(fc.option(fc.integer()), fc.string(), (exitCode, output) => {
        expect(readMergeCheck(exitCode, output)).toEqual({ kind: 'broken' });
      }),
    );
    for (const exitCode of [null, 2, 128, -1])
      expect(readMergeCheck(exitCode, `${TREE}\0`)).toEqual({ kind: 'broken' });
  });
});

describe('work is merged', () => {
  const entry: fc.Arbitrary<TreeEntry | null> = fc.option(
    fc.record({ mode: fc.constantFrom('100644', '100755'), id: fc.constantFrom('1', '2', '3') }),
  );
  const changes: fc.Arbitrary<readonly TreeChange[]> = fc.uniqueArray(
    fc.record({ path: fc.constantFrom('a', 'b', 'c', 'd'), before: entry, after: entry }),
    { selector: ({ path }) => path },
  );

  it('never where the user has changed one of its files meanwhile, and else whenever git can', () => {
    fc.assert(
      fc.property(changes, changes, changes, changes, (meanwhile, touched, writes, merged) => {
        const ours = new Map(merged.map(({ path, after }) => [path, after]));
        const verdict = decideMerge({ kind: 'clean', tree: 't' }, { meanwhile, touched, writes, ours });
        const concerned = [...touched, ...writes].map(({ path }) => path);
        const theirs = meanwhile.filter(
          ({ path, after: now }) =>
            concerned.includes(path) &&
            !(ours.has(path) && JSON.stringify(ours.get(path)) === JSON.stringify(now)),
        );
        expect(verdict.kind).toBe(theirs.length === 0 ? 'merge' : 'leave');
        if (verdict.kind === 'leave')
          expect(verdict.because).toEqual({
            code: 'changed-meanwhile',
            files: theirs.map(({ path }) => path).sort(),
          });
      }),
    );
  });

  it('never where git finds a conflict, or cannot tell', () => {
    const nothing = { meanwhile: [], touched: [], writes: [], ours: new Map() };
    expect(decideMerge({ kind: 'conflict', files: ['a'] }, nothing)).toEqual({
      kind: 'leave',
      because: { code: 'conflict', files: ['a'] },
    });
    expect(decideMerge({ kind: 'broken' }, nothing)).toMatchObject({
      kind: 'leave',
      because: { code: 'not-applied' },
    });
  });
});

describe('whose work is merged next', () => {
  it('is that of the older run, and in it of the task that the plan puts first', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.tuple(fc.nat(2), fc.nat(11)), { minLength: 1 }), (given, drawn) => {
        const places = placesInOrder(given);
        const waiting = drawn.map(([run, at]) => ({ run, place: places[at % places.length] ?? 0 }));
        const [first] = [...waiting].sort((a, b) => a.run - b.run || a.place - b.place);
        expect(pickNextMerge(waiting)).toEqual(first);
        for (const [at, list] of given.followers.entries())
          for (const follower of list) expect(places[at]).toBeLessThan(places[follower] ?? -1);
      }),
    );
    expect(pickNextMerge([])).toBeUndefined();
  });
});
