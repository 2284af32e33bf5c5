// What `statusLine.command` in Claude Code's settings becomes, and what it was before. What it was stands in it, so that
// it can be read, run and put back without asking anything else.
//
//   'sh' '/…/plugin/scripts/status-line.sh'                       where there was none, and the daemon can be asked by curl
//   'node' '/…/plugin/dist/status-line.cjs'                       where it cannot
//   'node' '/…/plugin/dist/status-line.cjs' --wrap 'ccusage'      where there was one

export const WRAP = '--wrap';

const PROGRAM = /[\\/]plugin[\\/](?:dist[\\/]status-line\.cjs|scripts[\\/]status-line\.sh)'?(?= |$)/;

export type StatusLineCommand = {
  /** What runs it: Node or a shell; and its path. */
  readonly interpreter: string;
  readonly program: string;
  /** The command that was there. */
  readonly around: string | null;
};

export function renderStatusLineCommand({ interpreter, program, around }: StatusLineCommand): string {
  const words = [interpreter, program].map(quote);
  return [...words, ...(around === null ? [] : [WRAP, quote(around)])].join(' ');
}

/** `null`: the command is not ours. */
export function parseStatusLineCommand(command: string): { readonly around: string | null } | null {
  const found = PROGRAM.exec(command);
  if (found === null) return null;
  const rest = command.slice(found.index + found[0].length).trim();
  return { around: rest.startsWith(`${WRAP} `) ? unquote(rest.slice(WRAP.length + 1)) : null };
}

/** As a POSIX shell takes it whole; Claude Code runs the command in one, on Windows too. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function unquote(word: string): string {
  return word.replace(/^'|'$/g, '').replaceAll(`'\\''`, "'");
}
