// What rules may know of a prompt: its length, and the files that it names.
import type { PromptFacts } from './call-facts.ts';

/** More than anybody names by hand; a pasted listing of a whole tree must not cost time. */
const MOST_FILES = 500;
const SEARCHED_CHARS = 1_000_000;

/** `src/a.ts`, `./b`, `README.md`, `C:\x\y.cs`: with a slash in it, or with an ending. */
const FILE_NAME =
  /(?<![\p{L}\p{N}_@/\\.~-])(?:[A-Za-z]:)?(?:[.~]{0,2}[/\\])?(?:[\p{L}\p{N}_@.-]{1,100}[/\\]){0,30}[\p{L}\p{N}_@-][\p{L}\p{N}_@.-]{0,99}/gu;

export function describePrompt(prompt: string): PromptFacts {
  return { chars: prompt.length, files: findFiles(prompt.slice(0, SEARCHED_CHARS)) };
}

function findFiles(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(FILE_NAME)) {
    const name = word.replace(/[.-]+$/, '');
    if (looksLikeFile(name)) found.add(name.replaceAll('\\', '/').replace(/^\.\//, ''));
    if (found.size >= MOST_FILES) break;
  }
  return [...found];
}

/** `e.g` and `1.5` are no files; `and/or` is taken for one, since a folder looks no different. */
function looksLikeFile(name: string): boolean {
  if (/[/\\]/.test(name)) return true;
  return name.length > 3 && /[\p{L}\p{N}_-]\.[A-Za-z][A-Za-z0-9]{0,9}$/u.test(name);
}
