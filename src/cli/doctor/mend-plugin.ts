import type { Cli } from '../cli.ts';
import { findPackageRoot } from '../package-root.ts';
import { applyChanges } from '../setup/apply-changes.ts';
import { isStrictJson } from '../setup/claude-settings-text.ts';
import { planPlugin } from '../setup/plan-plugin.ts';
import { surveyMachine } from '../setup/survey-machine.ts';

/** As setup installs it, with everything taken back where it fails. */
export async function mendPlugin(cli: Cli, directory: string): Promise<void> {
  const root = findPackageRoot();
  const machine = await surveyMachine(cli, directory);
  // To take a person's comments out of his settings is for setup, which shows it first.
  const hasComments = machine.settings !== null && !isStrictJson(machine.settings);
  if (root === null || machine.claude === null || hasComments) return;
  await applyChanges(cli, planPlugin(cli, machine, root));
}
