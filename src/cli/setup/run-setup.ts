/**
 * `omcm setup`, from what is there to what shall be there:
 *
 *   survey ─ missing programs ─ choices ─ changes ─ (told only, with --dry-run) ─ applied, or all taken back
 */

import { join } from 'node:path';
import { NO_CONSENTS, vendorConsentsSpec } from '../../adapters/files/vendor-consents.ts';
import { ANY_VENDOR } from '../../core/routing/decide-engine.ts';
import type { Mode } from '../../core/routing/mode.ts';
import { toOpencodeProvider } from '../../core/routing/provider-name.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { loginShell, type Shell } from '../completion/shells.ts';
import { loadHere } from '../config/load-here.ts';
import { addConsents } from '../consent/change-consents.ts';
import { findPackageRoot } from '../package-root.ts';
import { printableText } from '../printable-text.ts';
import { readState } from '../routing/read-state.ts';
import { taskDirectory } from '../task-directory.ts';
import { addTrust } from '../trust/change-trust.ts';
import { untrustedFiles } from '../trust/untrusted-files.ts';
import { applyChanges } from './apply-changes.ts';
import type { Change } from './change.ts';
import type { Choices } from './choices.ts';
import { placesOf } from './places.ts';
import { planCompletions } from './plan-completions.ts';
import { planConfig } from './plan-config.ts';
import { planPlugin } from './plan-plugin.ts';
import { planStatusLine } from './plan-status-line.ts';
import { refuseNewerRecord } from './refuse-newer-record.ts';
import { renderChanges } from './render-changes.ts';
import { runProgram } from './run-program.ts';
import { type Machine, surveyMachine } from './survey-machine.ts';

export type SetupOptions = {
  readonly yes?: true;
  /** commander's way to say `--no-input`. */
  readonly input: boolean;
  readonly dryRun?: true;
  readonly mode?: Mode;
  readonly statusLine: boolean;
  readonly completions?: readonly Shell[];
};

type Wizard = typeof import('./ask-choices.ts');

export async function runSetup(cli: Cli, options: SetupOptions): Promise<void> {
  const { m, output } = cli;
  await refuseNewerRecord(cli);
  const wizard = await openWizard(cli, options);
  const directory = await taskDirectory(undefined, m);
  const first = await surveyMachine(cli, directory);
  wizard?.greet(m, describeMachine(first, cli));
  const machine = (await installMissing(cli, first, { options, wizard }))
    ? await surveyMachine(cli, directory)
    : first;
  if (machine.claude === null) throw claudeMissing(cli);
  const choices = await choose(cli, machine, { options, wizard });
  const changes = await planChanges(cli, machine, choices);
  if (options.dryRun === true) return tell(cli, changes, false);
  if (changes.length > 0) {
    await wizard?.askToApply(m, changes);
    await applyChanges(cli, changes);
  }
  tell(cli, changes, true);
  if (machine.opencode === null) output.say(m.doctor.opencodeMissingRemedy());
  else if (machine.providers?.length === 0) output.say(m.setup.noProviders());
  await offerTrust(cli, directory, wizard);
  await offerConsents(cli, machine.providers ?? [], wizard);
  wizard?.farewell(m);
}

/** `null` where nobody is to be asked. */
async function openWizard({ m, output, settings }: Cli, options: SetupOptions): Promise<Wizard | null> {
  if (options.yes === true || !options.input || options.dryRun === true) return null;
  if (settings().json !== true && process.stdin.isTTY && output.talkOnTerminal)
    return import('./ask-choices.ts');
  throw new CommandError({
    code: 'not-confirmed',
    exit: 'usage',
    message: m.setup.needsTerminal(),
    hint: m.setup.needsTerminalHint(),
  });
}

type Asking = { readonly options: SetupOptions; readonly wizard: Wizard | null };

const INSTALL_MS = 300_000;

/** Whether anything was installed. Without a person who says yes, nothing is. */
async function installMissing(cli: Cli, machine: Machine, { options, wizard }: Asking): Promise<boolean> {
  const { m, output, env } = cli;
  if (options.dryRun === true || !options.input) return false;
  const missing = [
    ...(machine.claude === null ? ['@anthropic-ai/claude-code'] : []),
    ...(machine.opencode === null ? ['opencode-ai@1.18'] : []),
  ];
  let installed = false;
  for (const name of missing) {
    const command = ['npm', 'install', '-g', name] as const;
    if (wizard !== null && !(await wizard.askInstall(m, command.join(' ')))) continue;
    output.say(m.setup.installing(command.join(' ')));
    const end = await runProgram(command, { env, cwd: placesOf(cli).home, timeoutMs: INSTALL_MS });
    if (!end.ok) output.complain(m.setup.commandFailed(command.join(' '), end.said));
    installed ||= end.ok;
  }
  return installed;
}

async function choose(cli: Cli, machine: Machine, { options, wizard }: Asking): Promise<Choices> {
  const { env, m } = cli;
  const own = loginShell(env);
  const suggested: Choices = {
    mode: options.mode ?? null,
    statusLine: options.statusLine,
    shells: options.completions ?? (own === null ? [] : [own]),
  };
  if (wizard === null) return suggested;
  return wizard.askChoices(m, suggested, machine.settings?.includes('"statusLine"') === true);
}

async function planChanges(cli: Cli, machine: Machine, choices: Choices): Promise<readonly Change[]> {
  const root = findPackageRoot();
  if (root === null) {
    const { incompleteInstallation, incompleteInstallationHint } = cli.m.failures;
    throw new CommandError({
      code: 'incomplete-installation',
      exit: 'failed',
      message: incompleteInstallation(),
      hint: incompleteInstallationHint(),
    });
  }
  return [
    ...(await planConfig(cli, choices.mode)),
    ...planPlugin(cli, machine, root),
    ...(choices.statusLine ? planStatusLine(cli, machine, root) : []),
    ...(await planCompletions(cli, choices.shells)),
  ];
}

/** Only a person can trust a project, and only by a word of his own. */
async function offerTrust(cli: Cli, directory: string, wizard: Wizard | null): Promise<void> {
  const { config } = await loadHere(cli, { directory });
  const files = await untrustedFiles(cli, directory, config);
  const folders = new Set(files.map(({ folder }) => folder));
  if (files.length === 0) return;
  const names = files.map(({ folder, name }) => printableText(join(folder, name)));
  if (wizard === null) return cli.output.say(cli.m.setup.needsTrust(names.join(', ')));
  if (!(await wizard.askTrust(cli.m, names))) return;
  for (const folder of folders) await addTrust(cli, folder);
}

/** Without a person, the first call that could use a vendor asks. */
async function offerConsents(cli: Cli, connected: readonly string[], wizard: Wizard | null): Promise<void> {
  if (wizard === null) return;
  const said = await readState(cli, vendorConsentsSpec(cli.paths.consentFile), NO_CONSENTS);
  const heard = said.filter(({ folder }) => folder === null).map(({ provider }) => provider);
  const known = [...heard, toOpencodeProvider('claude')];
  const open = connected.filter((provider) => !known.includes(provider));
  if (open.length === 0 || heard.includes(ANY_VENDOR)) return;
  const allowed = await wizard.askConsents(cli.m, open);
  const since = Date.now();
  if (allowed.length > 0)
    await addConsents(
      cli,
      allowed.map((provider) => ({ provider, folder: null, said: 'yes', since })),
    );
}

function tell(cli: Cli, changes: readonly Change[], applied: boolean): void {
  const { output, m } = cli;
  const shown = changes.map(({ id, target, lines }) => ({ id, target, lines }));
  output.result({ applied, changes: shown }, () => (applied ? '' : renderChanges(changes, m)));
  if (applied) output.say(changes.length === 0 ? m.setup.nothingToDo() : m.setup.next());
}

function describeMachine({ claude, opencode, hasOmc, providers }: Machine, { m }: Cli): readonly string[] {
  const { setup } = m;
  return [
    setup.found('Claude Code', claude?.version ?? null),
    setup.found('OpenCode', opencode?.version ?? null),
    ...(hasOmc ? [setup.hasOmc()] : []),
    ...(providers === null
      ? []
      : [providers.length === 0 ? setup.noProviders() : setup.providers(providers.join(', '))]),
  ];
}

function claudeMissing({ m: { doctor } }: Cli): CommandError {
  return new CommandError({
    code: 'claude-missing',
    exit: 'problemsFound',
    message: doctor.claudeMissing(),
    hint: doctor.claudeMissingRemedy(),
  });
}
