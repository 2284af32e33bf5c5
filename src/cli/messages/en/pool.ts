export const pool = {
  summary: 'the warm OpenCode servers: see them, change their number, replace them',
  statusSummary: 'show each server with its load, memory and age',
  scaleSummary: 'keep so many servers, until another number is asked for',
  recycleSummary: 'replace a server, or all of them, once their tasks have ended',
  argumentServers: 'how many',
  argumentPort: 'the port of the server; left out: all of them',
  optionWatch: 'show it again every second, until Ctrl-C',
  exampleStatus: 'for a script',
  exampleScale: 'three servers from now on',
  exampleRecycle: 'replace the server on port 4097',
  empty: () => 'no servers yet; one starts with the first task',
  load: (running: number, capacity: number, waiting: number) =>
    `${running} of ${capacity} tasks running, ${waiting} waiting`,
  bounds: (min: number, max: number, sessions: number) =>
    `servers here: ${min} to ${max}, up to ${sessions} tasks each`,
  columns: [
    'port or address',
    'process',
    'state',
    'running',
    'done',
    'memory',
    'age',
    'last error',
  ] as readonly string[],
  invalidServers: (text: string) => `"${text}" is not a number of servers from 0 to 64.`,
  invalidPort: (text: string) => `"${text}" is not a port.`,
};
