export const status = {
  summary: 'how things stand: the daemon, its tasks and servers',
  optionTeam: 'the workers of your team, and what waits for them (execution.backend: bullmq)',
  exampleJson: 'for a script',
  noTeam: () => 'The tasks of batches are done on this machine alone; there is no team.',
  noTeamHint: () =>
    'Set `execution.backend` to bullmq and OMCM_REDIS_URL, then `omcm daemon restart`; see docs/scaling.md.',
  queued: (namespace: string, waiting: number, running: number) =>
    `Team ${namespace}: ${waiting} tasks wait, ${running} are at work.`,
  redisLost: () => 'Redis does not answer now; this is what was known before.',
  noWorkers: () => 'No worker is there; start one with `omcm worker`.',
  columns: [
    'worker',
    'version',
    'providers',
    'tags',
    'running',
    'done',
    'there for',
    'state',
  ] as readonly string[],
  working: () => 'working',
  draining: () => 'draining',
  stranger: (protocol: number) => `protocol ${protocol}`,
  /** `older`: the host to update; `null`: this one. */
  strangeWorker: (id: string, version: string, older: string | null) =>
    `${id} (OMCM ${version}) speaks another protocol of the queue, and is given nothing: ${update(older)}.`,
  strangeScheduler: (host: string, version: string, older: string | null) =>
    `The scheduler on ${host} (OMCM ${version}) speaks another protocol of the queue; no worker serves you both: ${update(older)}.`,
};

function update(host: string | null): string {
  return host === null ? 'run `omcm update` here' : `run \`omcm update\` on ${host}`;
}
