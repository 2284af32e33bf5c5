// handoff/words: one word a line, for the hook that sees prompts where mods are off. A shell reads it, so that no
// Node has to be started for any other prompt.
import path from 'node:path';
import { writePrivateFile } from './write-private-file.ts';

/** Throws the file system's errors. */
export async function writeHandoffWords(handoffDir: string, words: readonly string[]): Promise<void> {
  const lines = words.map((word) => word.trim()).filter((word) => word !== '' && !word.includes('\n'));
  // An empty line would be found in every prompt.
  await writePrivateFile(path.join(handoffDir, 'words'), lines.map((line) => `${line}\n`).join(''), {
    durable: false,
  });
}
