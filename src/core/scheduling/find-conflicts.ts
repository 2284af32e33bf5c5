// Which tasks touch the same files?
import { type FilePattern, mayMeet, parsePattern, plainPath } from './file-pattern.ts';

/** The tasks that name a pattern, by their place in the list. */
export type Claim = { readonly file: string; readonly tasks: readonly number[] };

/** `other` is the same claim where several tasks name the very same file. */
export type Overlap = { readonly one: Claim; readonly other: Claim };

type Claims = {
  /** By their paths. */
  readonly plain: ReadonlyMap<string, Claim>;
  readonly wild: readonly (readonly [Claim, FilePattern])[];
};

export function findOverlaps(files: readonly (readonly string[])[]): readonly Overlap[] {
  const { plain, wild } = collectClaims(files);
  const found: Overlap[] = [];
  for (const [path, other] of plain) {
    if (other.tasks.length > 1) found.push({ one: other, other });
    for (const folder of foldersAbove(path)) {
      const one = plain.get(folder);
      if (one !== undefined) found.push({ one, other });
    }
  }
  return wild.length === 0 ? found : [...found, ...findWildOverlaps(plain, wild)];
}

function findWildOverlaps(plain: Claims['plain'], wild: Claims['wild']): readonly Overlap[] {
  const paths = [...plain].map(([path, claim]) => [claim, parsePattern(path)] as const);
  return wild.flatMap(([one, pattern], at) => [
    ...(one.tasks.length > 1 ? [{ one, other: one }] : []),
    ...[...paths, ...wild.slice(at + 1)]
      .filter(([, other]) => mayMeet(pattern, other))
      .map(([other]) => ({ one, other })),
  ]);
}

function collectClaims(files: readonly (readonly string[])[]): Claims {
  const plain = new Map<string, Claim & { readonly tasks: number[] }>();
  const wild = new Map<string, Claim & { readonly tasks: number[] }>();
  files.forEach((named, task) => {
    for (const file of named) {
      const path = plainPath(file);
      const [claims, key] = path === null ? [wild, file] : [plain, path];
      const known = claims.get(key);
      if (known === undefined) claims.set(key, { file, tasks: [task] });
      else if (known.tasks.at(-1) !== task) known.tasks.push(task);
    }
  });
  return { plain, wild: [...wild].map(([text, claim]) => [claim, parsePattern(text)]) };
}

/** `a/b`, `a` and the project itself, which is the empty path, of `a/b/c`. */
function foldersAbove(path: string): readonly string[] {
  if (path === '') return [];
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    folders.push(path.slice(0, end));
  return [...folders, ''];
}
