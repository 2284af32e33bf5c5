// The options that `route`, `run` and `batch` share: whose task it is, and how the session stands.
import type { Command } from 'commander';
import type { PermissionMode } from '../core/permissions/permission-mode.ts';
import { MODE_NAMES, type Mode, parseMode } from '../core/routing/mode.ts';
import type { Cli } from './cli.ts';
import { CommandError } from './command-error.ts';
import { oneOf } from './option-parsers.ts';

export type RoutingOptions = SessionOptions & { readonly agent: string };

export type SessionOptions = {
  readonly mode?: Mode;
  readonly permissionMode?: PermissionMode;
  readonly directory?: string;
};

const AGENT = '--agent <name>';

/** `fusionDefault` is the seed's name for fusion. */
const MODES = [...MODE_NAMES, 'fusionDefault'] as const;

const PERMISSION_MODES = [
  'default',
  'manual',
  'plan',
  'acceptEdits',
  'auto',
  'dontAsk',
  'bypassPermissions',
] as const satisfies readonly PermissionMode[];

export function addRoutingOptions(command: Command, cli: Cli): void {
  command
    .option(AGENT, cli.m.program.optionAgent)
    // Not a requiredOption: commander would miss it before it noticed that --agnet stands there.
    .hook('preAction', () => requireAgent(command, cli.m));
  addSessionOptions(command, cli);
}

/** How the session stands, for one task or many. */
export function addSessionOptions(command: Command, { m }: Cli): void {
  const mode = oneOf(m, '--mode', MODES);
  command
    .option('--mode <mode>', m.program.optionMode, (text) => parseMode(mode(text)) ?? 'default')
    .option(
      '--permission-mode <mode>',
      m.program.optionPermissionMode,
      oneOf(m, '--permission-mode', PERMISSION_MODES),
    );
  addDirectoryOption(command, m);
}

export function addDirectoryOption(command: Command, m: Cli['m']): void {
  command.option('--directory <path>', m.program.optionDirectory);
}

function requireAgent(command: Command, { usage }: Cli['m']): void {
  if (command.opts<Partial<RoutingOptions>>().agent !== undefined) return;
  throw new CommandError({
    code: 'usage',
    exit: 'usage',
    message: usage.missingOption(AGENT),
    hint: usage.seeHelp(`omcm ${command.name()}`),
  });
}
