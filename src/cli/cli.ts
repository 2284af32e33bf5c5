/** What every command is given: where it is, whom it speaks to, and in which words. */
import type { Paths } from '../adapters/files/paths.ts';
import type { Exit } from './exit-codes.ts';
import type { Messages } from './messages.ts';
import type { Output, OutputSettings } from './output.ts';

export type GlobalOptions = OutputSettings & { readonly debug?: boolean };

export type Cli = {
  readonly m: Messages;
  readonly output: Output;
  readonly paths: Paths;
  readonly env: NodeJS.ProcessEnv;
  /** Known once the command line has been read. */
  readonly settings: () => GlobalOptions;
  /** How the command ended; the process leaves with its code. */
  readonly finish: (exit: Exit) => void;
};
