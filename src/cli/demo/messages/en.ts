import type { Fault, RunName } from '../calls/fault.ts';

const RUNS: Readonly<Record<RunName, string>> = { without: 'without OMCM', with: 'with OMCM' };

const times = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

const fault = (found: Fault): string => {
  switch (found.code) {
    case 'session-failed':
      return `The session ${RUNS[found.run]} did not end well (${found.detail}).`;
    case 'call-missing':
      return `In the session ${RUNS[found.run]} the conductor did not call ${found.agent}.`;
    case 'answer-missing':
      return `In the session ${RUNS[found.run]} no answer of ${found.agent} reached the conductor.`;
    case 'answer-wrong':
      return `In the session ${RUNS[found.run]} the conductor got something else from ${found.agent} than was answered.`;
    case 'work-missing':
      return `In the session ${RUNS[found.run]} ${found.file} was not written as reported.`;
    case 'undecided':
      return `OMCM decided nothing for ${found.agent}: its routing log has no line for this call.`;
    case 'claude-asked': {
      const why = found.why === null ? '' : ` (${found.why})`;
      return `${found.agent} was routed, and Claude was asked ${times(found.requests, 'time')} all the same${why}.`;
    }
    case 'went-elsewhere': {
      const went = found.went.length === 0 ? 'nowhere' : found.went.join(', ');
      return `In the session ${RUNS[found.run]} ${found.agent} was to go to ${found.decided}, and went to ${went}.`;
    }
    case 'left-behind':
      return `The process ${found.pid} could not be ended.`;
  }
};

export type DemoWords = typeof en;

export const en = {
  optionLive:
    'use your own Claude Code and OpenCode, with your logins, in a temporary project; this costs tokens',
  optionKeep: 'keep the temporary folder: the project, the HOME, what each provider received',
  optionYes: 'do not ask before --live',
  exampleOffline: 'offline, in under a minute, with nothing of yours touched',
  exampleJson: 'the measured saving, for a script',
  exampleLive: 'with your own providers',

  introOffline: (calls: number): readonly string[] => [
    `One session of the real Claude Code, ${calls} subagents, played twice: without OMCM, then with it and the real OpenCode.`,
    'Anthropic, OpenAI and Google are simulated on this machine, in a HOME of its own: nothing of yours is read or changed.',
  ],
  introLive: (calls: number): readonly string[] => [
    `One session of your own Claude Code, ${calls} subagents, played twice: without OMCM, then with it and your own OpenCode.`,
    'It works in a temporary project, with your logins: both sessions cost real tokens, several hundred thousand in all.',
  ],
  confirm: 'Go on? [y/N] ',
  yes: /^y(es)?$/i,
  notConfirmed: 'Nothing was done.',
  needsYes: '--live costs real tokens, and there is no terminal to ask on.',
  needsYesHint: 'Add --yes to agree to it.',

  busyPreparing: 'Preparing',
  busyWithout: (done: number, of: number) => `Without OMCM: ${done} of ${of} subagents have reported`,
  busyWarming: 'Starting the daemon and warming an OpenCode server',
  busyWith: (done: number, of: number) => `With OMCM: ${done} of ${of} subagents have reported`,
  busyCleaning: 'Cleaning up',

  without: (calls: number, seconds: string, tokens: string) =>
    `Without OMCM: Claude answered all ${calls} subagents itself, in ${seconds}, for ${tokens} Claude tokens.`,
  warm: (seconds: string) =>
    `The daemon runs, and an OpenCode server is warm (${seconds}; once for all sessions).`,
  with: 'With OMCM:',
  claude: 'Claude',
  unknownReason: 'no decision',

  columns: {
    agent: 'agent',
    route: 'route',
    reason: 'reason',
    model: 'answered by',
    requests: 'turns',
    input: 'in',
    output: 'out',
    time: 'time',
  },
  routed: 'routed',
  kept: 'native',
  tokenColumns: { what: 'Claude tokens', without: 'without OMCM', with: 'with OMCM', saved: 'saved' },
  conductor: 'conductor',
  subagents: 'subagents',
  total: 'total',
  routedCost: (calls: number, tokens: string, requests: number) =>
    `Claude tokens spent on the ${times(calls, 'routed subagent')}: ${tokens} (${times(requests, 'request')}).`,
  simulated:
    'The providers are simulated: token counts follow the size of what was really sent (4 characters a token).',
  live: 'Claude’s tokens are those that Claude Code reports, cached ones included; the others are OpenCode’s.',
  keptIn: (folder: string) => `Kept: ${folder}`,
  failed: (count: number) =>
    count === 1 ? 'The demo has failed:' : `The demo has failed in ${count} places:`,
  fault,

  interrupted: 'Interrupted; everything that was started has been ended.',
  noClaude: 'Claude Code is not installed: there is no `claude` on the PATH.',
  noClaudeHint:
    'Install it with `npm install -g @anthropic-ai/claude-code`; in a clone of OMCM, with `npm ci`.',
  noOpencode: 'OpenCode is not installed: there is no `opencode` on the PATH.',
  noOpencodeHint: 'Install it with `npm install -g opencode-ai`; in a clone of OMCM, with `npm ci`.',
  noGit: 'git is not installed, and the demo plays in a git project.',
  noGitHint: 'Install git, and try again.',
  daemonDidNotStart: (detail: string) => `The daemon of the demo does not start: ${detail}`,
  daemonDidNotStartHint: '`omcm demo --keep` keeps its log: home/.omcm/logs in the folder.',
  opencodeDidNotStart: (detail: string) => `OpenCode does not get ready: ${detail}`,
  opencodeDidNotStartHint: 'Try `opencode serve` by itself; `omcm demo --keep` keeps the daemon’s log.',
};
