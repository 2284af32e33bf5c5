// Where are the real `claude` and `opencode`? The package's own come first, then what is on the PATH.

import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Binaries {
  readonly claude?: string;
  readonly opencode?: string;
}

export function findBinaries(path: string = process.env.PATH ?? ''): Binaries {
  const folders = [...packageBinFolders(dirname(fileURLToPath(import.meta.url))), ...path.split(delimiter)];
  const claude = findIn(folders, 'claude');
  const opencode = findIn(folders, 'opencode');
  return { ...(claude === undefined ? {} : { claude }), ...(opencode === undefined ? {} : { opencode }) };
}

/** Every `node_modules/.bin` from here up: right in the source tree, bundled into dist, and hoisted. */
function packageBinFolders(folder: string): readonly string[] {
  const parent = dirname(folder);
  const here = join(folder, 'node_modules', '.bin');
  return parent === folder ? [here] : [here, ...packageBinFolders(parent)];
}

function findIn(folders: readonly string[], name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return folders.flatMap((folder) => names.map((one) => join(folder, one))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
