export const doctor = {
  summary: 'examine the installation and say how to mend what is wrong',
  optionNoStart: 'do not start the daemon to find out what OpenCode has connected',
  optionFix: 'mend what can be mended without a risk: the plugin, the rights of our files, an older daemon',
  optionProbe:
    'ask one model of each connected provider a tiny question, after a yes (--yes); costs a few tokens',
  optionHooks:
    'play a session of your Claude Code before a simulated Claude: does the plugin come into play?',
  optionSimulate: (names: string) =>
    `only play these before simulated providers, and show what OMCM does: ${names}, with commas, or all`,
  optionYes: 'with --probe: do not ask before it spends',
  exampleProbe: 'do the providers really answer?',
  exampleSimulate: 'what happens when a provider refuses or hangs',
  probe: (model: string, time: string) => `${model} answers (${time})`,
  probeFailed: (model: string, why: string) => `${model} does not answer: ${why}`,
  probeRemedy: (model: string) =>
    `Try it in OpenCode by itself: opencode run --model ${model} ok; opencode auth login`,
  probeAsk: (models: string) => `Ask ${models} one tiny question each? It costs a few tokens. [y/N] `,
  probeRefused: () => 'Nobody was asked.',
  probeNeedsYes: (models: string) =>
    `To ask ${models} costs a few tokens, and nobody can be asked for a yes.`,
  probeNeedsYesHint: () => 'omcm doctor --probe --yes',
  hooks: () => 'in a session of your Claude Code, the plugin is asked about a subagent, by its mod',
  hooksSecondWay: () =>
    'in a session of your Claude Code, mods are off: answers come by the second way, as refused calls',
  hooksSecondWayRemedy: () => 'claude update; a policy of your organisation may also switch mods off',
  hooksSilent: () => 'in a session of your Claude Code, nobody asked OMCM about a subagent',
  hooksSilentRemedy: () => 'Install and enable the plugin: omcm setup; see claude plugin list',
  hooksNoSession: (said: string) =>
    `no session of your Claude Code could be played${said === '' ? '' : `: ${said}`}`,
  hooksNoSessionRemedy: () =>
    'Run claude -p hello and see what it says; settings may send it to another address',
  simulationMissing: () => 'The simulated providers are not part of the plugin from a marketplace.',
  simulationMissingHint: () => 'npm install -g oh-my-claude-money, or run it in a clone',
  mending: (what: string) => `Mending: ${what}`,
  permissions: () => 'nobody else can read what OMCM keeps',
  permissionsOpen: (count: number, folder: string) =>
    `others on this machine can read or write ${count} ${count === 1 ? 'file or folder' : 'files and folders'} in ${folder}`,
  permissionsRemedy: (folder: string) => `omcm doctor --fix, or chmod -R go= ${folder}`,
  exampleJson: 'for a script: the findings, and 6 when one of them has failed',
  examining: () => 'Examining …',
  status: { ok: 'ok', warn: 'warn', fail: 'fail' },
  totals: (failed: number, warned: number) =>
    failed + warned === 0
      ? 'Everything is in order.'
      : `${failed} failed, ${warned} ${warned === 1 ? 'warning' : 'warnings'}.`,

  node: (version: string) => `Node.js ${version}`,
  nodeOld: (version: string, least: string) => `Node.js ${version} is older than ${least}`,
  nodeRemedy: (least: string) => `Install Node.js ${least} or newer: https://nodejs.org`,

  claude: (version: string, path: string) => `Claude Code ${version} (${path})`,
  claudeMissing: () => 'Claude Code was not found on the PATH',
  claudeMissingRemedy: () => 'npm install -g @anthropic-ai/claude-code',
  claudeSilent: (path: string) => `Claude Code does not tell its version (${path})`,
  claudeSilentRemedy: () => 'Run `claude --version` and see what it says',
  claudeOld: (version: string, least: string) =>
    `Claude Code ${version} cannot load mods, which need ${least}: delegated answers arrive by the second way, as refused calls`,
  claudeOldRemedy: () => 'claude update',

  plugin: (version: string) => `the plugin is installed in Claude Code (${version})`,
  pluginMissing: () =>
    'the plugin is not installed in Claude Code; only sessions started with --plugin-dir have it',
  pluginMissingRemedy: (root: string) =>
    `claude plugin marketplace add ${root} && claude plugin install omcm@omcm`,
  pluginDisabled: (key: string) => `the plugin ${key} is installed in Claude Code and switched off`,
  pluginDisabledRemedy: (key: string) => `claude plugin enable ${key}`,
  pluginOther: (installed: string, own: string) =>
    `the plugin in Claude Code has version ${installed}, this omcm ${own}`,
  pluginOtherRemedy: (key: string) => `claude plugin update ${key}`,

  mods: () => 'nothing in the settings of Claude Code switches mods off',
  modsHooksOff: (file: string) =>
    `all hooks are switched off (disableAllHooks in ${file}), so nothing is delegated`,
  modsHooksOffRemedy: (file: string) => `Take disableAllHooks out of ${file}`,
  modsManaged: (setting: string, file: string) =>
    `only managed hooks or mods are allowed (${setting} in ${file}), so the plugin may not be`,
  engine: () => "where you agree to it, other models can lead subagents with Claude Code's own tools",
  engineKeyless: (names: string) =>
    `not those of ${names}: OpenCode has no key that could be used directly, as with a login by OAuth, so they use OpenCode's tools`,
  engineOpencode: () => "other models use OpenCode's tools (engine: opencode)",
  engineBlind: (file: string | null) =>
    `Claude Code shows its model requests to no plugin here${file === null ? '' : ` (${file})`}, so OpenCode or Claude answers each call`,
  engineBlindRemedy: () => 'Nothing breaks; without managed settings the engine native-tools could be used',
  modsManagedRemedy: () => 'Ask whoever manages this machine to allow the plugin omcm',

  rivals: () => 'nobody else decides about subagents',
  rivalPlugin: (key: string) =>
    `the plugin ${key} decides about subagents too, so one of you may not be asked`,
  rivalPluginRemedy: (key: string) => `Use one of them: claude plugin disable ${key}`,
  rivalHook: (file: string) => `a hook of your own decides about the tool Agent (${file})`,
  rivalHookRemedy: (file: string) => `Look whether it refuses or changes the calls, in ${file}`,
  subagentsDenied: (file: string) => `subagents are denied altogether (permissions.deny in ${file})`,
  subagentsDeniedRemedy: (file: string) => `Take Agent and Task out of permissions.deny in ${file}`,

  opencode: (version: string, path: string) => `OpenCode ${version} (${path})`,
  opencodeMissing: (command: string) => `OpenCode was not found (${command})`,
  opencodeMissingRemedy: () =>
    'npm install -g opencode-ai, or name its place: omcm config set opencode.command /path/to/opencode',
  opencodeSilent: (path: string) => `OpenCode does not tell its version (${path})`,
  opencodeSilentRemedy: () => 'Run `opencode --version` and see what it says',
  opencodeOther: (version: string, supported: string) =>
    `OpenCode ${version} is not the version that OMCM is tested with (${supported})`,
  opencodeOtherRemedy: (supported: string) => `npm install -g opencode-ai@${supported}`,

  daemon: (version: string, pid: number) => `the daemon runs (version ${version}, process ${pid})`,
  daemonIdle: () => 'the daemon is not running; it starts when it is needed',
  daemonOther: (version: string, own: string) =>
    `the daemon that runs has version ${version}, this omcm ${own}`,
  daemonOtherRemedy: () => 'omcm daemon restart',
  updateRemedy: () => 'omcm update',
  daemonFailed: (message: string) => message,
  daemonFailedRemedy: () => 'omcm daemon logs',

  team: (namespace: string, workers: number) =>
    `the team ${namespace}: Redis answers, ${workers} ${workers === 1 ? 'worker is' : 'workers are'} there`,
  teamLost: (namespace: string) =>
    `the Redis of the team ${namespace} does not answer, so the tasks of batches wait`,
  teamLostRemedy: () => 'Look whether it runs, and whether OMCM_REDIS_URL or execution.redisUrlFile is right',
  teamEmpty: (namespace: string) =>
    `no worker of the team ${namespace} is there that could be given anything, so the tasks of batches wait`,
  teamEmptyRemedy: () => 'Start one on any machine: omcm worker',
  teamStranger: (id: string, version: string, theirs: number, ours: number) =>
    `the worker ${id} (OMCM ${version}) speaks protocol ${theirs} of the queue, this machine ${ours}: it is given nothing`,
  teamScheduler: (host: string, version: string, theirs: number, ours: number) =>
    `the scheduler on ${host} (OMCM ${version}) speaks protocol ${theirs} of the queue, this machine ${ours}: no worker serves both`,
  teamUpdateThere: (host: string) => `On ${host}: omcm update`,

  sockets: () => 'unix sockets work',
  socketsForbidden: (why: string) => `unix sockets do not work here (${why}), so nobody reaches the daemon`,
  socketsRemedy: () => 'Allow them in the sandbox or container, or name a local disk in OMCM_HOME',
  sandboxForbids: (file: string) =>
    `the sandbox of Claude Code's commands forbids unix sockets (${file}): omcm in skills and commands does not reach the daemon; routed calls do`,
  sandboxRemedy: (socket: string | null) =>
    socket === null
      ? 'Set sandbox.network.allowAllUnixSockets to true'
      : `Add ${socket} to sandbox.network.allowUnixSockets`,
  orphans: () => 'no OpenCode server of ours is left without a daemon',
  orphansLeft: (pids: string) =>
    `OpenCode servers run without a daemon that would end them (processes ${pids})`,
  orphansRemedy: () => 'omcm daemon start, which ends them',

  pool: (ready: number) => `OpenCode servers of ours: ${ready} ready`,
  poolOutage: (why: string) => `no OpenCode server can take a task: ${why}`,
  poolGivenUp: (servers: number, why: string) =>
    `${servers} OpenCode ${servers === 1 ? 'server was' : 'servers were'} given up after failing again and again: ${why}`,
  poolRemedy: () =>
    'Mend what is named, then omcm pool recycle; by itself it is tried again after five minutes',

  resting: (what: string) => `put aside after failures, so its tasks go elsewhere: ${what}`,
  restingRemedy: () =>
    'See omcm why for what failed; after a refused key: opencode auth login. It is tried again by itself',

  remote: (url: string) => `the remote server ${url} is reached`,
  remoteNotAsked: () => 'it has not answered yet',
  remoteFailed: (url: string, why: string) => `the remote server ${url} cannot be used: ${why}`,
  remoteFailedRemedy: () =>
    'Mend what is named, or take it out of pool.remotes; it is asked again by itself, at least once a minute. After a change of settings or of its password: omcm daemon restart',
  remoteReadable: (url: string) => `the password for ${url} travels readable, because the address is http`,
  remoteReadableRemedy: () => 'Use https, a tunnel (ssh -L), or a network that is private',

  providers: (names: string) => `OpenCode has connected: ${names}`,
  providersNone: () => 'OpenCode has connected no provider of yours',
  providersNoneRemedy: () => 'opencode auth login',
  providersNotAsked: () => 'which providers OpenCode has connected was not asked, because no daemon runs',
  providersNotAskedRemedy: () => 'omcm daemon start, or omcm doctor without --no-start',
  providersUnknown: (detail: string) =>
    `which providers OpenCode has connected could not be found out${detail === '' ? '' : `: ${detail}`}`,
  providersUnknownRemedy: () => 'Mend what failed above, then run omcm doctor again',

  target: (role: string, model: string) => `${role} is answered by ${model}`,
  targetNext: (role: string, wanted: string, used: string) =>
    `${role} is answered by ${used}, because no connected provider has ${wanted}`,
  targetNone: (role: string, wanted: string) =>
    `${role} has no model: no connected provider has ${wanted}, so its agents stay on Claude`,
  targetRemedy: (role: string) =>
    `Connect a provider (opencode auth login), or choose another model: omcm config set targets.${role} provider/model`,
  modelMissing: (key: string, model: string) => `${key} names ${model}, which no connected provider has`,
  modelMissingRemedy: (key: string) => `Connect its provider (opencode auth login), or change ${key}`,

  trust: () => 'this project brings nothing that would need your trust',
  trustMissing: (files: string) =>
    `subagents stay on Claude here, because the project brings what OpenCode would run or obey: ${files}`,
  trustRemedy: () => 'Look at these files; then omcm trust',

  config: () => 'the settings are in order',
  configRemedy: () => 'omcm config check',
  stateFiles: () => 'no state file is damaged',
  stateFilesDamaged: (files: string) => `damaged state files were set aside: ${files}`,
  stateFilesRemedy: (folder: string) =>
    `Look whether anything in them is still wanted, then remove them from ${folder}`,
  stateFilesBroken: (files: string) => `these state files cannot be read: ${files}`,
  stateFilesBrokenRemedy: () => 'The daemon sets them aside and goes on without them; what they held is lost',
  stateFilesNewer: (files: string) =>
    `a later version of OMCM wrote these state files, so they are left alone: ${files}`,
  stateFilesClosed: (files: string) => `these state files may not be read: ${files}`,
  disk: () => 'there is room on the disk',
  diskFull: (megabytes: number, folder: string) => `only ${megabytes} MB are free on the disk of ${folder}`,
  diskRemedy: () => 'Make room, or name a place on another disk in OMCM_HOME',
  clock: () => 'nothing was written in the future',
  clockBack: (minutes: number, folder: string) =>
    `files in ${folder} are from the future, by up to ${minutes} minutes: the clock was set back`,
  clockRemedy: () =>
    'Set the clock right; if it is, omcm daemon restart: what was read in that future holds until then',
  stateFolder: (folder: string) => `the state folder can be written (${folder})`,
  stateFolderClosed: (folder: string, reason: string) =>
    `the state folder cannot be written: ${folder} (${reason})`,
  stateFolderRemedy: (folder: string) => `Make ${folder} writable, or name another place in OMCM_HOME`,
  problems: () => 'the daemon has met no problem lately',
  problemsNotAsked: () => 'no daemon runs, so it has no recent problems to tell',
  problemsSome: (list: string) => `recent problems: ${list}`,
  problemsRemedy: () => 'omcm daemon logs',
  ripgrep: (path: string) => `ripgrep (${path})`,
  ripgrepMissing: () =>
    'ripgrep was not found; without it OpenCode downloads it, and offline it cannot search files',
  ripgrepRemedy: () => 'Install ripgrep, for example: apt-get install ripgrep, brew install ripgrep',
  setpriv: (path: string) => `setpriv (${path})`,
  setprivMissing: () => 'setpriv was not found; an OpenCode server may outlive a daemon that was killed',
  setprivRemedy: () => 'Install util-linux, for example: apt-get install util-linux',
};
