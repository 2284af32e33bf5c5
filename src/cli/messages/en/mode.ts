import type { SessionMode } from '../../../core/session-mode/session-mode.ts';

type Stopped = { readonly mode: SessionMode | null; readonly tasks: number; readonly runs: number };

export const mode = {
  summary: 'what was asked of one session of Claude Code: hulw, ulw, autopilot; see it, set it, end it',
  argumentMode:
    'hulw (whatever may leave Claude does), ulw (as much as its windows ask for), autopilot, off, or stop (off, and what the session runs is cancelled)',
  optionSession: 'the session (default: the one around this shell, else the only one in this folder)',
  exampleShow: 'what holds in the session here',
  exampleSet: 'other models answer its subagents from now on',
  exampleStop: 'end the mode, and cancel the tasks and runs of one session',
  is: (session: string, mode: SessionMode | null): string =>
    mode === null ? `${session}: no mode of its own` : `${session}: ${mode}`,
  stopped: (session: string, { mode, tasks, runs }: Stopped): string =>
    `${session}: ${mode === null ? 'no mode was on' : `${mode} is off`}; cancelled: tasks ${tasks}, runs ${runs}`,
  noSession: (folder: string) => `No session of Claude Code is known in ${folder}.`,
  manySessions: (folder: string, ids: string) => `Several sessions are in ${folder}: ${ids}.`,
  within: (asked: string, session: string) =>
    `Not ${asked}: the session is in ${session}, and what it hands out may do no more.`,
  hint: () => 'Name one with --session; inside Claude Code, type the word at the beginning of a prompt.',
};
