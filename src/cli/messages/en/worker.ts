export const worker = {
  summary: 'do tasks of a team on this machine, until it is stopped',
  optionTags: 'what this machine is, for tasks that ask for it: gpu,eu',
  optionConcurrency: 'how many tasks at once; left out: as many as one OpenCode server takes',
  optionAllowShell: 'take tasks that may run commands here, as the session of their user lets them',
  exampleTags: 'for tasks with these tags too, four at once',
  exampleJson: 'one line of JSON for each thing that happens',
  invalidTags: (text: string) =>
    `"${text}" is no list of tags: words of small letters, digits, hyphens and underscores, with commas between them.`,
  notConfiguredHint: () => 'See docs/scaling.md.',
  starting: () => 'Asking Redis who is in the team, and the daemon which providers are connected…',
  ready: (id: string, concurrency: number, providers: string, tags: string) =>
    `Worker ${id}: takes ${concurrency} at once for ${providers}${tags === '' ? '' : ` (${tags})`}. Ctrl-C ends it once its tasks have ended.`,
  noProviders: () =>
    'No provider is connected in OpenCode here, so there is nothing that this worker could take.',
  noProvidersHint: () => 'Connect one with `opencode auth login`.',
  took: (task: string) => `${task}: taken`,
  ended: (task: string) => `${task}: ended`,
  redisLost: {
    'redis-lost': (detail: string) => `Redis does not answer (${detail}); asking again.`,
    'redis-login-refused': (detail: string) =>
      `Redis refuses the login (${detail}): are the user and the password in its address right, and what that user may do? Asking again.`,
    'redis-not-trusted': (detail: string) =>
      `The certificate of the Redis is not trusted here (${detail}): name its authority in execution.redisCaFile, and start the worker again.`,
    'redis-wants-tls': (_detail: string) =>
      'Redis ends the connection before it says a word: perhaps it wants TLS (rediss:// in place of redis://).',
    'redis-without-tls': (detail: string) =>
      `What is at the address of the Redis does not answer in TLS (${detail}): is it up, and are rediss:// and the port right?`,
  },
  redisBack: () => 'Redis answers.',
  problem: (message: string) => `Trouble: ${message}`,
  stranger: (host: string, version: string, protocol: number) =>
    `The scheduler on ${host} (OMCM ${version}) speaks protocol ${protocol} of the queue: its tasks are for other workers. Update the older one.`,
  refusedAtWork: () =>
    'The schedulers of this team speak another protocol now: takes nothing more, and leaves when its tasks have ended.',
  refused: (
    stranger: { host: string; version: string; protocol: number },
    own: string,
    ownProtocol: number,
  ) =>
    `The schedulers of this team would not be understood: the one on ${stranger.host} (OMCM ${stranger.version}) speaks protocol ${stranger.protocol} of the queue, this worker (OMCM ${own}) protocol ${ownProtocol}.`,
  updateHere: () => 'Update this machine (`omcm update`), and start the worker again.',
  updateThere: (host: string) =>
    `Update ${host} (\`omcm update\`, then \`omcm daemon restart\`), and start the worker again.`,
  draining: () => 'Takes nothing more. Once more, and what is at work goes back to the queue.',
  gone: (done: number) => `Gone, after ${done} tasks.`,
};
