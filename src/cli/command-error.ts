import type { Exit } from './exit-codes.ts';

/** An end that was foreseen: told in one sentence, and in a second what to do. */
export class CommandError extends Error {
  /** For scripts that read `--json`; never translated. */
  readonly code: string;
  readonly exit: Exit;
  readonly hint: string | null;

  constructor({ code, exit, message, hint = null }: CommandErrorParts) {
    super(message);
    this.code = code;
    this.exit = exit;
    this.hint = hint;
  }
}

export type CommandErrorParts = {
  readonly code: string;
  readonly exit: Exit;
  readonly message: string;
  readonly hint?: string | null;
};
