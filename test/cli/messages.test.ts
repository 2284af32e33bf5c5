import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../src/cli/messages.ts';

type Tree = Readonly<Record<string, unknown>>;

const HANGUL = /[\uac00-\ud7a3]/;

/** Sentences that are only a name or a number, and the same everywhere. */
const UNTRANSLATABLE = new Set(['run.routed', 'run.failed', 'config.written']);

function leavesOf(tree: Tree, path = ''): readonly (readonly [path: string, leaf: unknown])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? leavesOf(value as Tree, `${path}${key}.`)
      : [[`${path}${key}`, value] as const],
  );
}

const english = leavesOf(messagesIn('en'));
const korean = new Map(leavesOf(messagesIn('ko')));

describe('the Korean messages', () => {
  it('have the keys of the English ones, and no others', () => {
    expect([...korean.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  });

  it('are of the same kind', () => {
    const different = english.filter(([path, leaf]) => typeof leaf !== typeof korean.get(path));
    expect(different.map(([path]) => path)).toEqual([]);
  });

  it('are in Korean', () => {
    const english = [...korean]
      .filter(([path]) => !UNTRANSLATABLE.has(path) && path !== 'program.title')
      .filter(([, leaf]) => !HANGUL.test(typeof leaf === 'function' ? leaf.toString() : String(leaf)))
      .filter(([path]) => !KEPT_IN_TABLES.has(path));
    expect(english.map(([path]) => path)).toEqual([]);
  });
});

/** Their words stand in a table beside them. */
const KEPT_IN_TABLES = new Set(['failures.task', 'config.kind', 'config.state', 'config.problem', 'daemon.serverState']);
