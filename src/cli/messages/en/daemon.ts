import type { ServerStatus } from '../../../protocol/status.ts';

const SERVER_STATES: Readonly<Record<ServerStatus['state'], string>> = {
  starting: 'starting',
  ready: 'ready',
  draining: 'draining',
  'given-up': 'given up',
  stopping: 'stopping',
  failed: 'failed',
};

export const daemon = {
  summary: 'the background process that owns the OpenCode servers',
  startSummary: 'start it, unless it runs already',
  stopSummary: 'let the running tasks end, then stop it',
  restartSummary: 'stop it and start it again',
  statusSummary: 'show what it does',
  logsSummary: 'show its log',
  serveSummary: 'run it in the foreground, until Ctrl-C',
  optionNow: 'do not wait for running tasks: cancel them',
  optionWait: 'how many seconds to wait for it to end (default: 300, with --now 20)',
  optionLines: 'how many lines (default: 50)',
  optionFollow: 'go on as lines are written',
  exampleStatus: 'for a script: is it there, and what does it do?',
  exampleStop: 'stop it without waiting for running tasks',
  exampleLogs: 'the last 200 lines, and those that follow',
  started: (version: string, pid: number) => `The daemon ${version} has started (process ${pid}).`,
  alreadyRunning: (version: string, pid: number) => `The daemon ${version} runs already (process ${pid}).`,
  notRunning: () => 'not running',
  nothingToStop: () => 'The daemon was not running.',
  draining: (tasks: number) =>
    tasks === 0
      ? 'Stopping the daemon …'
      : `Stopping the daemon as soon as its running tasks have ended: ${tasks} …`,
  stopped: (pid: number) => `The daemon has stopped (process ${pid}).`,
  stillRunning: (pid: number) => `The daemon has not ended yet (process ${pid}).`,
  stillRunningHint: () => 'Its tasks may still run: `omcm daemon stop --now` cancels them.',
  serving: (socket: string, logs: string) => `Serving on ${socket}; the log is in ${logs}. Ctrl-C ends it.`,
  running: (version: string, pid: number, uptime: string) =>
    `running: version ${version}, process ${pid}, for ${uptime}`,
  drainingNow: () => 'it is stopping',
  otherVersion: (own: string) => `this omcm has version ${own}; \`omcm daemon restart\` brings them together`,
  tasks: (counts: {
    readonly running: number;
    readonly total: number;
    readonly routed: number;
    readonly failed: number;
  }) =>
    `tasks: ${counts.running} running, ${counts.total} decided, ${counts.routed} routed, ${counts.failed} failed`,
  failedOpen: (count: number) => `answered by Claude because something of ours failed: ${count}`,
  resting: () => 'Put aside after failures, tried again by itself:',
  restingUntil: (key: string, code: string, left: string) => `${key}: ${code}, back in ${left}`,
  foundOutBy: (host: string) => `(found out by ${host}, of your team)`,
  sharing: (namespace: string, what: string, accounts: string) =>
    `shared with the team ${namespace}: ${what}${accounts === '' ? '' : `; its accounts: ${accounts}`}`,
  sharingLost: () => 'Redis does not answer now: this machine goes on with what it knows',
  fallback: (reason: string) => `fallback is on (${reason}): other models answer every subagent`,
  sessions: (count: number) => `Claude Code sessions: ${count}`,
  noServers: () => 'OpenCode servers: none yet; one starts with the first task',
  servers: () => 'OpenCode servers:',
  serverColumns: ['port', 'process', 'state', 'running', 'done', 'age'] as readonly string[],
  serverState: (state: ServerStatus['state']) => SERVER_STATES[state],
  lastError: (message: string) => `last error: ${message}`,
  settingsIgnored: () => 'settings that are ignored:',
  recentProblems: () => 'recent problems:',
  places: (socket: string, stateDir: string) => `socket: ${socket}\nstate: ${stateDir}`,
  noLog: (file: string) => `There is no log yet: ${file}`,
  crashOutput: (file: string) => `Since then it has printed this (${file}):`,
};
