/** The commands of a piece of shell, each as its words: quotes, comments, and what stands between commands. */
export function splitCommands(script: string): readonly (readonly string[])[] {
  return script
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => splitLine(line))
    .filter((words) => words.length > 0);
}

const PIECE = /\s+|#.*$|&&|\|\||[|;<>]|(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"|;<>&])+|./g;
const BETWEEN = new Set(['&&', '||', '|', ';']);
const REDIRECTIONS = new Set(['<', '>']);

function splitLine(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let isFile = false;
  for (const [piece] of line.matchAll(PIECE)) {
    if (/^\s/.test(piece)) continue;
    if (piece.startsWith('#')) break;
    if (BETWEEN.has(piece)) commands.push([]);
    else if (REDIRECTIONS.has(piece)) isFile = true;
    else if (isFile) isFile = false;
    else commands.at(-1)?.push(unquote(piece));
  }
  return commands;
}

function unquote(word: string): string {
  return word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, plain, quoted) => plain ?? quoted);
}
