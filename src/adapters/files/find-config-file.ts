// Settings are JSON, or YAML under the same name: config.json, config.yaml, config.yml. The first that is there counts.
import { access } from 'node:fs/promises';

const ENDINGS = ['.json', '.yaml', '.yml'] as const;

/** All names that a settings file may have, by its JSON one. */
export function configFileNames(jsonFile: string): readonly string[] {
  const stem = jsonFile.replace(/\.json$/, '');
  return stem === jsonFile ? [jsonFile] : ENDINGS.map((ending) => `${stem}${ending}`);
}

export function isYamlFile(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

export type FoundConfigFile = {
  /** The JSON one where there is none. */
  readonly file: string;
  /** Others that are there, and are not read. */
  readonly ignored: readonly string[];
};

export async function findConfigFile(jsonFile: string): Promise<FoundConfigFile> {
  const names = configFileNames(jsonFile);
  const there = await Promise.all(names.map(isThere));
  const [file = jsonFile, ...ignored] = names.filter((_, index) => there[index]);
  return { file, ignored };
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    // One that may not be read is there too, and is told of when it is read.
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}
