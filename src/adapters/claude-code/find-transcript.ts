/** Where does Claude Code write down this session? The last one of the project, where none is named. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export type TranscriptQuery = {
  /** Claude Code's configuration folder. */
  readonly claudeDir: string;
  readonly directory: string;
  readonly sessionId?: string | undefined;
};

export type FoundTranscript = { readonly file: string; readonly sessionId: string };

export async function findTranscript({
  claudeDir,
  directory,
  sessionId,
}: TranscriptQuery): Promise<FoundTranscript | null> {
  const folder = join(claudeDir, 'projects', folderName(directory));
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.jsonl')).map((name) => join(folder, name));
  if (sessionId !== undefined) return toFound(files.find((file) => idOf(file) === sessionId));
  const times = await Promise.all(files.map(modifiedAt));
  const newest = Math.max(...times);
  return toFound(files.find((_, index) => times[index] === newest));
}

/** Claude Code's own rule: whatever is no letter or digit becomes a dash. */
function folderName(directory: string): string {
  return directory.replace(/[^A-Za-z0-9]/g, '-');
}

function toFound(file: string | undefined): FoundTranscript | null {
  return file === undefined ? null : { file, sessionId: idOf(file) };
}

function idOf(file: string): string {
  return basename(file, '.jsonl');
}

async function modifiedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
