// Which tasks touch the same files?
import { type FilePattern, mayMeet, parsePattern, plainPath } from './file-pattern.ts';

/** The tasks that name a pattern, by their place in the list. */
export type Claim = { readonly file: string; readonly tasks: readonly number[] };

/** `other` is the same claim where several tasks name the very same file. */
export type Overlap = { readonly one: Claim; readonly other: Claim };

type Parsed = { readonly claim: Claim; readonly pattern: FilePattern };

export function findOverlaps(files: readonly (readonly string[])[]): readonly Overlap[] {
  const { plain, wild } = collectClaims(files);
  const same = [...plain.values(), ...wild].filter(({ claim }) => claim.tasks.length > 1);
  return [
    ...same.map(({ claim }) => ({ one: claim, other: claim })),
    ...[...plain].flatMap(([path, { claim }]) =>
      foldersAbove(path).flatMap((folder) => {
        const above = plain.get(folder);
        return above === undefined ? [] : [{ one: above.claim, other: claim }];
      }),
    ),
    ...wild.flatMap((one, at) =>
      [...plain.values(), ...wild.slice(at + 1)]
        .filter((other) => mayMeet(one.pattern, other.pattern))
        .map((other) => ({ one: one.claim, other: other.claim })),
    ),
  ];
}

function collectClaims(files: readonly (readonly string[])[]) {
  const claims = new Map<string, { file: string; tasks: number[]; pattern: FilePattern }>();
  files.forEach((named, task) => {
    for (const file of named) {
      const pattern = parsePattern(file);
      const key = plainPath(pattern) ?? JSON.stringify(pattern);
      const known = claims.get(key);
      if (known === undefined) claims.set(key, { file, tasks: [task], pattern });
      else if (known.tasks.at(-1) !== task) known.tasks.push(task);
    }
  });
  const plain = new Map<string, Parsed>();
  const wild: Parsed[] = [];
  for (const { pattern, ...claim } of claims.values()) {
    const path = plainPath(pattern);
    if (path === null) wild.push({ claim, pattern });
    else plain.set(path, { claim, pattern });
  }
  return { plain, wild };
}

/** `a` and `a/b` of `a/b/c`; the project itself is the empty path. */
function foldersAbove(path: string): readonly string[] {
  if (path === '') return [];
  const segments = path.split('/');
  return segments.map((_, count) => segments.slice(0, count).join('/'));
}
