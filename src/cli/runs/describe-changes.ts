import type { WorkChanges } from '../../protocol/run.ts';
import type { Messages } from '../messages.ts';

/** What became of what a task has changed, in one line. */
export function describeChanges(changes: WorkChanges, { runs: { changes: text } }: Messages): string {
  switch (changes.kind) {
    case 'unchanged':
      return withLeftOut(text.unchanged(), changes.leftOut, text);
    case 'merged':
      return withLeftOut(text.merged(changes.files.length), changes.leftOut, text);
    case 'left': {
      const { branch, because, command, leftOut } = changes;
      const { code, files = [], outcome = '', message = '' } = because;
      const why = text.because(code, { files: files.join(', '), outcome, message });
      return withLeftOut(text.left(branch, why, command), leftOut, text);
    }
    case 'in-place':
      return text.inPlace(text.noWorktree(changes.because));
    case 'kept':
      return text.kept(changes.directory, changes.message);
  }
}

function withLeftOut(said: string, leftOut: readonly string[], text: Messages['runs']['changes']): string {
  return leftOut.length === 0 ? said : `${said}; ${text.leftOut(leftOut.join(', '))}`;
}
