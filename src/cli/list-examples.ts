import type { Command } from 'commander';
import type { Cli } from './cli.ts';

/** A command line, and what it is good for. */
export type Example = readonly [words: string, purpose: string];

export function addExamples(command: Command, cli: Cli, examples: readonly Example[]): void {
  command.addHelpText('after', () => `\n${listExamples(cli, examples)}`);
}

export function listExamples({ m, output }: Pick<Cli, 'm' | 'output'>, examples: readonly Example[]): string {
  const lines = examples.map(([words, purpose]) => `  $ ${words}\n      ${output.colours.dim(purpose)}`);
  return [output.colours.bold(m.program.examplesTitle), ...lines].join('\n');
}
