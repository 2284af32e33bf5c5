import { isLimit } from '../scheduling/limited.ts';

/** A task that came back to Claude because nobody else would take it now: by which limit? `null`: by none. */
export function limitBehind(reason: string): string | null {
  const code = /^failed-(.+)$/.exec(reason)?.[1] ?? '';
  return isLimit(code) ? code : null;
}
