// Which folders does the user trust, and what does a project bring that needs trust?
//
// OpenCode runs the plugins and tools of `.opencode/` in whatever folder it works, also with --pure, and starts what
// `opencode.json` names. It looks in the folder and in all above it.
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { configFileNames } from './find-config-file.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { type Paths, projectConfigFile } from './paths.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { StateFileSpec } from './state-file.ts';

export type TrustedFolder = { readonly folder: string; readonly since: number | null };

export const NO_TRUST: readonly TrustedFolder[] = [];

export function trustedFoldersSpec(file: string): StateFileSpec<readonly TrustedFolder[]> {
  return {
    file,
    migrations: [],
    parse: ({ folders }) => ({
      value: Array.isArray(folders) ? folders.flatMap(parseFolder) : [],
      problems: [],
    }),
    serialise: (folders) => ({
      folders: folders.map(({ folder, since }) => ({ folder, since: formatTime(since) })),
    }),
  };
}

function parseFolder(raw: unknown): readonly TrustedFolder[] {
  if (!isJsonObject(raw) || typeof raw.folder !== 'string' || !path.isAbsolute(raw.folder)) return [];
  return [{ folder: raw.folder, since: parseTime((raw as JsonObject).since) }];
}

export type ProjectFile = {
  /** Where it lies, as the disk calls it. */
  readonly folder: string;
  readonly name: string;
};

const OPENCODE_FILES = ['.opencode', 'opencode.json', 'opencode.jsonc'];

export type TrustQuestion = {
  readonly directory: string;
  readonly paths: Pick<Paths, 'userConfigFile'>;
  /** What lies there is the user's own. */
  readonly home: string;
};

/** The files that speak for the project to OpenCode or to us; none of the user's own. */
export async function findProjectFiles({
  directory,
  paths,
  home,
}: TrustQuestion): Promise<readonly ProjectFile[]> {
  const [real, ownHome] = await Promise.all([realOf(directory), realOf(home)]);
  const folders = new Set([...upFrom(path.resolve(directory)), ...upFrom(real)]);
  const own = new Set([home, ownHome, path.join(ownHome, '.config', 'opencode')]);
  const candidates = [
    ...[...folders].filter((folder) => !own.has(folder)).flatMap((folder) => namesIn(folder, OPENCODE_FILES)),
    ...configFileNames(projectConfigFile(real))
      .filter((file) => !configFileNames(paths.userConfigFile).includes(file))
      .map((file) => ({ folder: real, name: path.relative(real, file) })),
  ];
  const found = await Promise.all(candidates.map(isThere));
  return candidates.filter((_, index) => found[index]);
}

/** Those that lie in no trusted folder, nor beneath one. */
export function withoutTrust(
  files: readonly ProjectFile[],
  trusted: readonly TrustedFolder[],
): readonly ProjectFile[] {
  return files.filter(({ folder }) => !trusted.some((one) => liesIn(folder, one.folder)));
}

export function liesIn(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}

export function realOf(folder: string): Promise<string> {
  return realpath(folder).catch(() => path.resolve(folder));
}

function upFrom(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...upFrom(parent)];
}

function namesIn(folder: string, names: readonly string[]): readonly ProjectFile[] {
  return names.map((name) => ({ folder, name }));
}

/** No file, or a path that no system could have. */
const ABSENT: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ENAMETOOLONG',
  'ERR_INVALID_ARG_VALUE',
]);

/** One that may not be looked at is there too. */
function isThere({ folder, name }: ProjectFile): Promise<boolean> {
  return stat(path.join(folder, name)).then(
    () => true,
    (error: NodeJS.ErrnoException) => !ABSENT.has(error.code),
  );
}
