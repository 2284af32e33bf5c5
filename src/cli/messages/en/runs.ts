const tasks = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);

const states = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  claude: 'handed back to Claude, not done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  skipped: 'skipped',
};

const NO_WORKTREE: Readonly<Record<string, string>> = {
  'git-missing': 'git is not installed',
  'git-too-old': 'git is older than 2.38',
  'not-a-repository': 'this is no git repository',
  'bare-repository': 'this repository is bare',
  'unborn-head': 'there is no commit yet',
  'operation-in-progress': 'a rebase, merge or the like is in progress',
  'unmerged-files': 'there are conflicts to be resolved',
  submodules: 'the repository has submodules',
  'sparse-checkout': 'the checkout is sparse',
  'ignored-folder': 'git ignores this folder',
  'state-folder-inside': "OMCM's own folder lies in this repository",
  'too-much-untracked': 'new files that git does not ignore take more than 200 MB',
};

const noWorktree = (code: string): string =>
  NO_WORKTREE[code] ?? 'git could not make one: `omcm daemon logs`';

const changes = {
  merged: (files: number) => `merged: ${files === 1 ? '1 file' : `${files} files`}`,
  unchanged: () => 'nothing changed',
  left: (branch: string, why: string, command: string) =>
    `left on branch ${branch}, because ${why}: ${command}`,
  because: (code: string, { files, outcome, message }: Readonly<Record<string, string>>) => {
    if (code === 'conflict') return `it conflicts in ${files}`;
    if (code === 'changed-meanwhile') return `${files} changed in your folder meanwhile`;
    if (code === 'daemon-lost') return 'the daemon was lost';
    if (code === 'task-not-done')
      return outcome === 'cancelled' ? 'the task was cancelled' : 'the task failed';
    return `it could not be merged (${NO_WORKTREE[message ?? ''] ?? message})`;
  },
  leftOut: (files: string) => `not taken along, since git ignores it: ${files}`,
  noWorktree,
  inPlace: (why: string) => `worked in the folder itself: ${why}`,
  kept: (directory: string, message: string) =>
    `could not be saved in the repository, lies in ${directory}: ${message}`,
};

export const runs = {
  summary: 'list, show, follow and cancel runs of many tasks',
  listSummary: 'the runs that the daemon knows',
  showSummary: 'what became of each task of a run',
  attachSummary: 'follow a run to its end, or tell the whole of one that has ended',
  cancelSummary: 'cancel a run, or one task of it',
  argumentRun: 'the id of the run',
  argumentTask: 'the id of a task in it',
  exampleList: 'those that go on, and the last ones that have ended',
  exampleShow: 'with all that the tasks said, for a script',
  exampleAttach: 'each task as it starts and ends; Ctrl-C leaves the run alone',
  exampleCancel: 'one task, and with it those that need it',
  states,
  changes,
  columns: ['task', 'agent', 'state', 'model', 'tokens', 'took', 'because'] as readonly string[],
  listColumns: ['run', 'ended', 'running', 'folder'] as readonly string[],
  begun: (run: string, count: number, detach: boolean) =>
    `Run ${run} of ${tasks(count)}. It goes on without this terminal; Ctrl-C ${detach ? 'leaves it alone' : 'cancels it'}.`,
  askCancel: () => 'Ctrl-C once more cancels the run; else it goes on.',
  left: (run: string) => `The run goes on: \`omcm runs attach ${run}\`, \`omcm runs cancel ${run}\`.`,
  live: {
    gettingReady: 'getting ready',
    more: (count: number) => `and ${count} more`,
    ended: (ended: number, of: number) => `${ended} of ${tasks(of)} ended`,
    tokens: (tokens: string) => `${tokens} tokens`,
  },
  started: (task: string, agent: string) => `${task}: started (${agent})`,
  skipped: (code: string, task: string) => {
    if (code === 'need-not-done') return `"${task}" was not done`;
    if (code === 'run-stopped') return `"${task}" failed`;
    if (code === 'rate-limited') return 'every provider that could do it refuses for now: rate limits';
    return code === 'budget-spent' ? 'the budget is spent' : 'the daemon was shut down for too long';
  },
  interrupted: {
    'may-have-written':
      'the daemon was lost while it worked, and it may have changed files: look at them, then run it again',
    'lost-too-often': 'the daemon was lost each time it was begun',
  },
  lost: () => 'The daemon was lost. It is started again, and goes on with the run.',
  paused: (run: string) =>
    `The daemon is shutting down. The next one goes on with the run: \`omcm runs attach ${run}\`.`,
  cancelled: (name: string) => `${name} is cancelled.`,
  none: () => 'The daemon knows no run.',
};
