import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../src/cli/messages.ts';

type Tree = Readonly<Record<string, unknown>>;

const HANGUL = /[\uac00-\ud7a3]/;

/** They put together what comes from elsewhere. */
const WITHOUT_WORDS = new Set([
  'run.routed',
  'run.failed',
  'config.written',
  'update.part.omcm',
  'update.standing.same',
]);

/** Their words stand in a table beside them, which the compiler watches. */
const WORDS_IN_A_TABLE = new Set([
  'program.title',
  'failures.task',
  'route.because',
  'config.kind',
  'config.state',
  'config.problem',
  'daemon.serverState',
  'fallback.window',
]);

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
    const foreign = [...korean]
      .filter(([path]) => !WITHOUT_WORDS.has(path) && !WORDS_IN_A_TABLE.has(path))
      .filter(([, leaf]) => !HANGUL.test(String(leaf)));
    expect(foreign.map(([path]) => path)).toEqual([]);
  });
});

const SOURCES = readSources(join(import.meta.dirname, '..', '..', 'src', 'cli'));

function readSources(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes('/messages/'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** Some file names the group and the key; of a table within a group, its own name is enough. */
function isUsed(path: string): boolean {
  const [group = '', key = ''] = path.split('.');
  const both = [group, key].map((word) => new RegExp(`\\b${word}\\b`));
  return SOURCES.some((text) => both.every((word) => word.test(text)));
}

describe('each message', () => {
  it('is used by the command line', () => {
    expect(english.map(([path]) => path).filter((path) => !isUsed(path))).toEqual([]);
  });

  it('would be found if it were not', () => {
    expect(isUsed('doctor.nobodySaysThis')).toBe(false);
    expect(isUsed('zebra.node')).toBe(false);
  });
});
