import type { Command } from 'commander';
import type { Cli } from './cli.ts';

/** Gives a command its options, its arguments and its action. */
export type DefineCommand = (command: Command, cli: Cli) => void;
