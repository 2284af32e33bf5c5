import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import type { Messages } from './messages.ts';

/** The folder that was named, or the current one, as an absolute path of a folder that is there. */
export async function taskDirectory(given: string | undefined, m: Messages): Promise<string> {
  const directory = resolve(workingFolder(m), given ?? '.');
  const found = await stat(directory).catch(() => null);
  if (found?.isDirectory()) return directory;
  throw new CommandError({ code: 'directory-missing', exit: 'usage', message: m.usage.noFolder(directory) });
}

function workingFolder(m: Messages): string {
  try {
    return process.cwd();
  } catch {
    // Somebody removed it while a shell stands in it.
    throw new CommandError({ code: 'directory-missing', exit: 'usage', message: m.usage.noWorkingFolder() });
  }
}
