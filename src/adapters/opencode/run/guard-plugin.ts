/**
 * The guard of a cold run that may write. Nobody can answer OpenCode's own questions there, and its rules cannot
 * tell where a link leads or where a patch moves a file. So each tool call is asked about before it is made, over
 * a pipe, by a plugin inside OpenCode. A call that gets no answer is not made; a run whose guard is not there is
 * given no prompt.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The pipe's number in the child; `cold-process.ts` opens it. */
const SOURCE = `import { readSync, writeSync } from 'node:fs';

const PIPE = 3;
let unread = '';

function tell(message) {
  let bytes = Buffer.from(JSON.stringify(message) + '\\n');
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(PIPE, bytes));
}

function ask(question) {
  tell(question);
  const buffer = Buffer.alloc(65536);
  while (!unread.includes('\\n')) {
    const length = readSync(PIPE, buffer);
    if (length === 0) throw new Error('Nobody is there to allow this.');
    unread += buffer.toString('utf8', 0, length);
  }
  const end = unread.indexOf('\\n');
  const answer = JSON.parse(unread.slice(0, end));
  unread = unread.slice(end + 1);
  return answer;
}

export const OmcmGuard = async () => {
  tell({ ready: true });
  return {
    'tool.execute.before': async ({ tool }, { args }) => {
      const answer = ask({ tool, input: args });
      if (answer.reply !== 'once') throw new Error(answer.message);
    },
  };
};
`;

/** Gives the plugin's address for OpenCode's configuration. */
export async function installGuard(file: string): Promise<string> {
  const present = await readFile(file, 'utf8').catch(() => null);
  if (present !== SOURCE) await replaceFile(file, SOURCE);
  return pathToFileURL(file).href;
}

/** In one move: another run may be reading it. */
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}

export type GuardQuestion =
  | { readonly kind: 'ready' }
  | { readonly kind: 'call'; readonly tool: string; readonly input: unknown };

export function readGuardQuestion(line: string): GuardQuestion | null {
  try {
    const { ready, tool, input } = JSON.parse(line) as { ready?: unknown; tool?: unknown; input?: unknown };
    if (ready === true) return { kind: 'ready' };
    return typeof tool === 'string' ? { kind: 'call', tool, input } : null;
  } catch {
    return null;
  }
}
