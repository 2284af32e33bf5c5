// What a command takes that may be over the budget: the answer beforehand, or that nobody can be asked.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';

export type SpendingOptions = {
  readonly yes?: true;
  /** `false` with `--no-input`. */
  readonly input: boolean;
};

export function addSpendingOptions(command: Command, { m }: Cli): void {
  command.option('--yes', m.budget.optionYes).option('--no-input', m.budget.optionNoInput);
}
