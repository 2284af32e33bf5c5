import type { Exit } from '../../exit-codes.ts';

const exitCodes: Readonly<Record<Exit, string>> = {
  ok: 'done',
  failed: 'it did not work',
  usage: 'the command line or a value in it is wrong',
  daemonUnreachable: 'the daemon does not run, does not start, or went away',
  taskFailed: 'run: the provider failed the task',
  notRouted: 'run: the task would stay on Claude',
  problemsFound: 'doctor, config check, rules check, replay, batch: problems were found',
  overBudget: 'batch, ask: over a budget, and nobody has said yes',
  otherVersion: 'worker: its team speaks another version of the protocol; one side has to be updated',
  interrupted: 'interrupted with Ctrl-C',
};

export const program = {
  summary: 'Claude Code conducts; GPT, Gemini and others answer its subagents through warm OpenCode servers.',
  /** commander's headings. */
  title: (heading: string): string => heading,
  examplesTitle: 'Examples:',
  exitCodesTitle: 'Exit codes:',
  exitCodes,
  moreHelp: 'Each command says more: omcm help <command>',
  optionVersion: 'print the version',
  optionHelp: 'print this help',
  optionJson: 'print one JSON value for scripts instead of text',
  optionQuiet: 'say nothing but errors; data is still printed',
  optionDebug: 'with a failure, print its stack too (also OMCM_DEBUG=1)',
  commandHelp: 'print the help of a command',
  optionDirectory: 'the project in question (default: the current folder)',
  optionAgent: 'the subagent, as Claude Code names it: explore, oh-my-claudecode:architect, …',
  optionMode: 'default, save-tokens, fusion, fusionDefault or shadow, instead of the configured one',
  optionPermissionMode:
    "Claude Code's permission mode: default, plan, acceptEdits, auto, dontAsk or bypassPermissions",
  demoSummary: 'show the whole way, offline, with the real Claude Code and the real OpenCode',
};
