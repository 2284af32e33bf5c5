import type { Mode } from '../../../core/routing/mode.ts';
import type { ChangeId } from '../../setup/change.ts';

const modes: Readonly<Record<Mode, string>> = {
  shadow: 'look on: decide and record, route nothing',
  fusion: 'every known subagent but the planners is routed',
  'save-tokens': 'subagents that search, read and document are routed',
  default: 'routed only when Claude is out, or as your rules say',
};

const changes: Readonly<Record<ChangeId, string>> = {
  config: 'settings of OMCM',
  plugin: 'plugin of Claude Code',
  'status-line': 'status line',
  completions: 'completions',
};

export const setup = {
  summary: 'set everything up: plugin, settings, status line, completions; all of it can be taken back',
  optionYes: 'do not ask; say yes to what is suggested, also to installing what is missing by npm',
  optionNoInput: 'do not ask, and install no program',
  optionDryRun: 'print every change, and change nothing',
  optionMode: 'the mode to start in: shadow (looks on, the default), save-tokens, fusion or default',
  optionNoStatusLine: 'leave the status line of Claude Code alone',
  optionCompletions:
    'shells that complete omcm: bash,zsh,fish,powershell, or none (default: the login shell)',
  exampleWizard: 'the wizard, on a terminal',
  exampleDryRun: 'what would be changed',
  exampleYes: 'without questions, and routing at once',
  needsTerminal: () => 'Setup asks some questions, and there is no terminal to ask on.',
  needsTerminalHint: () =>
    'omcm setup --yes takes what is suggested; omcm setup --dry-run shows it; --no-input installs no program.',
  recordNewer: (file: string) =>
    `A later version of OMCM has set this up, and only it can change that (${file}).`,
  recordNewerHint: () => 'Bring this one up to date first: omcm update says how.',
  title: () => 'OMCM: Claude Code conducts, other models play',
  foundTitle: () => 'What is there',
  found: (program: string, version: string | null) =>
    version === null ? `${program}: not found` : `${program} ${version}`,
  hasOmc: () => 'oh-my-claudecode: its agents are known by name',
  providers: (names: string) => `OpenCode has connected: ${names}`,
  noProviders: () => 'OpenCode has connected no provider of yours yet: opencode auth login',
  installing: (command: string) => `Running ${command} …`,
  askInstall: (command: string) => `It is missing. Run ${command}?`,
  askMode: () => 'Which mode to start in?',
  modes,
  askStatusLine: () => 'Show the windows of Claude in the status line?',
  askStatusLineAround: () => 'Show the windows of Claude under your status line?',
  askShells: () => 'Complete omcm in which shells?',
  trustTitle: () => 'This project brings what OpenCode would run or obey',
  askConsents: () =>
    'Agents that write can be led by other models, with Claude Code’s own tools and dialogs. To which vendors may their whole conversations go? (omcm consent)',
  askTrust: () => 'Do you trust it, so that subagents may leave Claude here?',
  needsTrust: (files: string) =>
    `Subagents stay on Claude in this project until omcm trust, because it brings ${files}`,
  changesTitle: () => 'What will change',
  askApply: () => 'Do it?',
  cancelled: () => 'Nothing was changed.',
  done: () => 'Done. omcm doctor looks it over; omcm uninstall takes it all back.',
  next: () => 'omcm doctor looks it over; omcm uninstall takes it all back.',
  nothingToDo: () => 'Everything is set up already: nothing to change.',
  changes,
  changed: changes,
  statusLineNew: () => 'a status line, as there is none',
  statusLineAround: (command: string) => `ours under the one that is there: ${command}`,
  commentsGo: (file: string) =>
    `comments and trailing commas go, because Claude Code ignores a ${file} that has them; omcm uninstall brings them back`,
  commandFailed: (command: string, said: string) => `${command} failed: ${said}`,
  nothingChanged: () => 'Everything is as it was before.',
  configText: (
    mode: Mode,
  ) => `// Settings of OMCM. omcm config get lists them all, with their values; omcm config check finds mistakes.
{
  // How much is routed while nothing is short:
  //   shadow       nothing; what would have been routed is written down (omcm why)
  //   save-tokens  subagents that search, read and document
  //   fusion       every known subagent but the planners
  //   default      nothing, until Claude is out
  "mode": ${JSON.stringify(mode)},

  // Subagents that go, or stay, whatever the mode says:
  // "routing": { "preferOpencode": ["explore"], "preferClaude": ["architect"] },

  // The models behind the roles, of those that OpenCode has connected:
  // "targets": { "oracle": ["openai/gpt-5.2"], "codex": ["openai/gpt-5.2-codex"], "flash": ["google/gemini-3-flash"] },

  // Whether subagents that edit files may leave Claude while it would ask for each edit: never, ask or allow.
  // "permissions": { "delegateWrites": "never" },
}
`,
};

export const uninstall = {
  summary: 'take everything back: plugin, status line, completions, daemon, servers and data',
  optionKeepData: 'leave settings, logs and results where they are',
  exampleKeepData: 'for now: the settings and the logs stay',
  how: {
    restored: 'as it was before  ',
    'ours-taken-out': 'ours taken out, changed since',
    untouched: 'not touched  ',
  },
  notRemoved: (folder: string) => `${folder} holds more than what is ours, and was left as it is.`,
  done: () => 'Nothing of OMCM is left but the program itself: npm uninstall -g oh-my-claude-money',
  doneKept: (folder: string) => `OMCM is out of Claude Code. Settings and logs are still in ${folder}.`,
};

export const completion = {
  summary: 'print the completion script of a shell',
  argumentShell: 'bash, zsh, fish or powershell',
  exampleBash: 'for this bash',
  exampleFish: 'for this fish',
};
