import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file under a folder with its bytes, and every folder, by their paths in it. */
export function listFiles(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const listed = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(folder, path), entry.isFile() ? readFileSync(path, 'base64') : 'no file'] as const;
  });
  return Object.fromEntries(listed.sort(([a], [b]) => (a < b ? -1 : 1)));
}
