/** The wizard's questions, on a terminal. The talk goes to stderr, like all talk. */
import { cancel, confirm, intro, multiselect, note, outro, select } from '@clack/prompts';
import { MODE_NAMES, type Mode } from '../../core/routing/mode.ts';
import { CommandError } from '../command-error.ts';
import { SHELLS } from '../completion/shells.ts';
import type { Messages } from '../messages.ts';
import type { Change } from './change.ts';
import type { Choices } from './choices.ts';
import { renderChanges } from './render-changes.ts';

const output = process.stderr;

export function greet({ setup }: Messages, found: readonly string[]): void {
  intro(setup.title(), { output });
  note(found.join('\n'), setup.foundTitle(), { output });
}

export function farewell({ setup }: Messages): void {
  outro(setup.done(), { output });
}

export async function askInstall(m: Messages, command: string): Promise<boolean> {
  return answered(m, await confirm({ message: m.setup.askInstall(command), output }));
}

export async function askChoices(m: Messages, suggested: Choices, earlierLine: boolean): Promise<Choices> {
  const { setup } = m;
  const mode = answered(
    m,
    await select<Mode>({
      message: setup.askMode(),
      initialValue: suggested.mode ?? 'shadow',
      options: [...MODE_NAMES].reverse().map((value) => ({ value, label: value, hint: setup.modes[value] })),
      output,
    }),
  );
  const message = earlierLine ? setup.askStatusLineAround() : setup.askStatusLine();
  const statusLine = answered(m, await confirm({ message, initialValue: suggested.statusLine, output }));
  const shells = answered(
    m,
    await multiselect({
      message: setup.askShells(),
      options: SHELLS.map((value) => ({ value, label: value })),
      initialValues: [...suggested.shells],
      required: false,
      output,
    }),
  );
  return { mode, statusLine, shells };
}

export async function askTrust({ setup, ...m }: Messages, files: readonly string[]): Promise<boolean> {
  note(files.join('\n'), setup.trustTitle(), { output });
  const message = setup.askTrust();
  return answered({ setup, ...m }, await confirm({ message, initialValue: false, output }));
}

/** To which of the vendors the whole conversations of agents that write may go; to none, where nothing is chosen. */
export async function askConsents(m: Messages, vendors: readonly string[]): Promise<readonly string[]> {
  const options = vendors.map((value) => ({ value, label: value }));
  const message = m.setup.askConsents();
  return answered(m, await multiselect({ message, options, required: false, output }));
}

export async function askToApply(m: Messages, changes: readonly Change[]): Promise<void> {
  note(renderChanges(changes, m), m.setup.changesTitle(), { output });
  const message = m.setup.askApply();
  if (!answered(m, await confirm({ message, output }))) throw stopped(m);
}

function answered<T>(m: Messages, answer: T): Exclude<T, symbol> {
  if (typeof answer === 'symbol') throw stopped(m);
  return answer as Exclude<T, symbol>;
}

function stopped(m: Messages): CommandError {
  cancel(m.setup.cancelled(), { output });
  return new CommandError({ code: 'not-confirmed', exit: 'interrupted', message: m.setup.cancelled() });
}
