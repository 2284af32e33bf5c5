// Which test shows from outside what an option does? A free name in an option's path is written NAME, a place in a list N.

/** File below `test`, and the title of the test. */
export type ShownBy = readonly [file: string, title: string];

const DECIDED: ShownBy = ['options/routing.test.ts', '$option'];
const RULE_FIELD: ShownBy = ['options/rules.test.ts', '$field'];
const AMONG_RULES: ShownBy = [
  'options/rules.test.ts',
  'the one of the highest priority speaks, of those that are enabled; its id and action are the reason',
];
const RULE_SAYS: ShownBy = [
  'options/rules.test.ts',
  'one has a target, and one a message for whoever is blocked',
];
const HANDOVER: ShownBy = [
  'options/shown.test.ts',
  'holds files, to-dos and decisions, without context.includeRecentFiles, includeTodos, includeDecisions none',
];
const PLACES: ShownBy = [
  'options/pool.test.ts',
  'as pool.maxServers allows, for tasks of which each takes pool.sessionsPerServer',
];
const CLAUDE_MODELS: ShownBy = [
  'options/shown.test.ts',
  'of savings.models.low, savings.models.medium and savings.models.high',
];
const PRICES: ShownBy = ['options/shown.test.ts', 'by the prices of savings.prices: %s'];
const REMOTE_PASSWORD: ShownBy = [
  'e2e/long/remote-servers.test.ts',
  'whose password is %s is failed, with what to do, and tasks go elsewhere',
];

const TEAM_BUDGETS: ShownBy = [
  'daemon/team/team-budgets.test.ts',
  'keep calls on Claude once all of them have spent it: %s',
];
const SHARING = 'daemon/team/sharing.test.ts';
const SHARED_WITH =
  'tell nothing to others: of another namespace, with an account of their own, or that share nothing';
const BY_WORKERS = 'options/execution.test.ts';

export const SHOWN_BY: Readonly<Record<string, ShownBy>> = {
  mode: DECIDED,
  fusionDefault: DECIDED,
  threshold: DECIDED,
  autoHandoff: ['daemon/quota.test.ts', 'says what it does where it saves from the warning on'],
  keywords: ['daemon/sessions/handoff-tips.test.ts', 'is one of `keywords`'],
  locale: ['daemon/quota.test.ts', 'speaks Korean to those who do'],
  engine: [
    'e2e/native-tools.test.ts',
    'writes where the session may write, asks where it must ask, and is finished by Claude where the model fails',
  ],
  rescue: [
    'e2e/rescue.test.ts',
    'is gone on with by the chosen model, marked as such, until Claude answers again',
  ],
  worktrees: ['options/work.test.ts', 'worktrees says whether a task that writes works apart'],

  'routing.enabled': DECIDED,
  'routing.usageThreshold': ['options/routing.test.ts', 'routing.usageThreshold is where the user is warned'],
  'routing.maxOpencodeWorkers': ['cli/batch.test.ts', 'gives a script the plan'],
  'routing.preferOpencode': DECIDED,
  'routing.preferClaude': DECIDED,
  'routing.autoDelegate': DECIDED,
  'routing.balance': ['options/routing.test.ts', 'by routing.balance'],
  'routing.weights': ['options/routing.test.ts', 'by routing.weights'],
  'routing.pace': [
    'daemon/quota.test.ts',
    'shifts the cheap roles by the pace where that is asked for, step by step, and says so',
  ],

  'targets.oracle': DECIDED,
  'targets.codex': DECIDED,
  'targets.flash': DECIDED,

  'agents.NAME.target': DECIDED,
  'agents.NAME.model': DECIDED,
  'agents.NAME.engine': DECIDED,
  'agents.NAME.stays': DECIDED,
  'agents.NAME.writes': DECIDED,

  'rules.N.id': AMONG_RULES,
  'rules.N.description': [
    'cli/rules.test.ts',
    'shows them in the order in which they are asked, with what says the same in other words',
  ],
  'rules.N.enabled': AMONG_RULES,
  'rules.N.priority': AMONG_RULES,
  'rules.N.action': AMONG_RULES,
  'rules.N.target': RULE_SAYS,
  'rules.N.engine': DECIDED,
  'rules.N.message': RULE_SAYS,
  'rules.N.condition': ['options/rules.test.ts', 'condition'],
  'rules.N.when.agent': RULE_FIELD,
  'rules.N.when.tier': RULE_FIELD,
  'rules.N.when.mode': RULE_FIELD,
  'rules.N.when.permissionMode': RULE_FIELD,
  'rules.N.when.project': RULE_FIELD,
  'rules.N.when.quota': RULE_FIELD,
  'rules.N.when.time': RULE_FIELD,
  'rules.N.when.promptChars': RULE_FIELD,
  'rules.N.when.files': RULE_FIELD,
  'rules.N.when.fileCount': RULE_FIELD,

  'execution.backend': [
    BY_WORKERS,
    'is one with execution.backend, over the Redis that execution.redisUrlFile names, and is seen from here',
  ],
  'execution.redisUrlFile': [
    BY_WORKERS,
    'is one with execution.backend, over the Redis that execution.redisUrlFile names, and is seen from here',
  ],
  'execution.redisCaFile': [
    'e2e/long/team-over-tls.test.ts',
    'lets in whoever names the authority in execution.redisCaFile, or in NODE_EXTRA_CA_CERTS',
  ],
  'execution.namespace': [BY_WORKERS, 'meets no worker of another execution.namespace'],
  'execution.share': [SHARING, SHARED_WITH],
  'execution.teamAccounts': [SHARING, SHARED_WITH],
  'execution.tasksPerMinute': [BY_WORKERS, 'begins no more of a provider than execution.tasksPerMinute'],
  'execution.maxBundleMb': [BY_WORKERS, 'sends no code of more than execution.maxBundleMb'],

  'fallback.chain': DECIDED,
  'fallback.forceModel': DECIDED,
  'fallback.dwellMinutes': [
    'options/routing.test.ts',
    'fallback.dwellMinutes: %d keeps a fallback that is two minutes old: %s',
  ],
  'quota.oauthUsage': ['options/shown.test.ts', 'is asked when a session starts, with quota.oauthUsage: %s'],
  'permissions.delegateWrites': DECIDED,
  'security.trust': [
    'cli/trust.test.ts',
    'is told of by `omcm route`, and not asked for with security.trust: always',
  ],

  'budgets.task': ['daemon/budgets.test.ts', 'ends one that has used more, with what it has used'],
  'budgets.run': [
    'daemon/budgets.test.ts',
    'that is expected to take more than it may is refused with the figures, and nothing starts',
  ],
  'budgets.day': [
    'daemon/budgets.test.ts',
    'keeps calls on Claude once it is spent, says so in the log, and begins anew at midnight',
  ],
  'budgets.session': ['daemon/budgets.test.ts', 'is spent by that session alone'],
  'budgets.teamDay': TEAM_BUDGETS,
  'budgets.teamMonth': TEAM_BUDGETS,
  'budgets.warnAt': ['options/work.test.ts', 'budgets.warnAt is where the user is told'],
  'budgets.onExceeded': [
    'daemon/budgets.test.ts',
    'has nobody answer where the user wants it so, and lets a confirmed call through',
  ],

  'context.includeRecentFiles': HANDOVER,
  'context.recentFilesLimit': ['options/shown.test.ts', 'names context.recentFilesLimit files'],
  'context.includeTodos': HANDOVER,
  'context.includeDecisions': HANDOVER,
  'context.maxContextLength': ['cli/context.test.ts', 'is as long as the settings allow'],
  'context.delegation': [
    'options/work.test.ts',
    'context.delegation is how much a task is told of its session',
  ],

  'opencode.command': [
    'options/work.test.ts',
    'is started by opencode.command with opencode.args before ours',
  ],
  'opencode.args': ['options/work.test.ts', 'is started by opencode.command with opencode.args before ours'],
  'opencode.strategy': ['options/work.test.ts', 'is asked in the way of opencode.strategy'],
  'opencode.ultraworkByDefault': [
    'cli/handoff.test.ts',
    'opens OpenCode in the project, with the document behind a first sentence',
  ],
  'opencode.timeout': ['options/work.test.ts', 'has opencode.timeout for a task'],
  'opencode.stallTimeout': ['options/work.test.ts', 'may be silent for opencode.stallTimeout'],
  'opencode.startTimeout': ['options/work.test.ts', 'has opencode.startTimeout to be ready'],
  'claude.command': ['options/work.test.ts', 'is the program of claude.command'],
  'claude.args': ['options/work.test.ts', 'has claude.args before ours'],
  'claude.timeout': ['options/work.test.ts', 'has claude.timeout'],

  'pool.minServers': ['options/pool.test.ts', 'as pool.minServers says, once one was used'],
  'pool.maxServers': PLACES,
  'pool.basePort': ['options/pool.test.ts', 'pool.basePort is the first port that is tried'],
  'pool.autoScale': ['options/pool.test.ts', 'as were there before, without pool.autoScale'],
  'pool.sessionsPerServer': PLACES,
  'pool.maxWaiting': [
    'options/pool.test.ts',
    'pool.maxWaiting tasks wait for a server, and more are refused',
  ],
  'pool.maxMemoryMb': ['options/pool.test.ts', 'that holds more than pool.maxMemoryMb: %d'],
  'pool.maxAgeHours': ['options/pool.test.ts', 'after pool.maxAgeHours'],
  'pool.maxTasks': ['options/pool.test.ts', 'after pool.maxTasks'],
  'pool.remotes.N.url': [
    'e2e/long/remote-servers.test.ts',
    'takes tasks, is replaced by servers of ours while it is gone, and is used again when it is back',
  ],
  'pool.remotes.N.username': ['options/pool.test.ts', 'by the user name and the password of its variable'],
  'pool.remotes.N.passwordEnv': REMOTE_PASSWORD,

  'results.maxChars': ['options/work.test.ts', 'results.maxChars is how much of an answer is handed back'],
  'notifications.showOnThreshold': ['daemon/sessions/handoff-tips.test.ts', 'is not told with %j'],
  'notifications.showOnKeyword': ['daemon/sessions/handoff-tips.test.ts', 'is nothing with %j'],
  'notifications.quietMode': ['daemon/quota.test.ts', 'says nothing where it is to be quiet'],

  'hud.place': ['options/shown.test.ts', 'is shown where hud.place says'],
  'hud.preset': ['options/shown.test.ts', 'says what hud.preset and hud.template want'],
  'hud.template': ['options/shown.test.ts', 'says what hud.preset and hud.template want'],
  'hud.wrap': [
    'hook/hook-processes.test.ts',
    'shows the line of another tool above its own, and its own where that one fails or hangs',
  ],
  'savings.models.low': CLAUDE_MODELS,
  'savings.models.medium': CLAUDE_MODELS,
  'savings.models.high': CLAUDE_MODELS,
  'savings.prices.NAME.input': PRICES,
  'savings.prices.NAME.output': PRICES,
  'savings.prices.NAME.cacheRead': PRICES,
  'savings.prices.NAME.cacheWrite': PRICES,

  'tracking.events': ['options/work.test.ts', 'tracking.events is how many events are kept'],
  'tracing.endpoint': [
    'daemon/tracing.test.ts',
    'is a tree from the call to the tools, in the trace of whoever asked, without a word of what was said',
  ],
  'tracing.content': [
    'daemon/tracing.test.ts',
    'holds what was said where the user wants it, with its secrets masked',
  ],
  'metrics.port': ['daemon/metrics.test.ts', 'is a problem that is told, and no more, where it is taken'],
  'daemon.idleExitMinutes': [
    'daemon/leaving.test.ts',
    'leaves after the configured time, with its server, and takes its files with it',
  ],
  'daemon.logLevel': ['daemon/log/log.test.ts', 'tells as much %s'],
};
