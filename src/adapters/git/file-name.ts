import { GitProblem } from './git-problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A name as git printed it, byte by byte, as text. Throws a `GitProblem` for one that is none. */
export function readName(bytes: string): string {
  try {
    return utf8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    throw new GitProblem('strange-name', `A file's name is not UTF-8: ${JSON.stringify(bytes)}`);
  }
}

/** For people only: what is no text is replaced. */
export function showName(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
