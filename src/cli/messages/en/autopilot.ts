import type { EndReason, TaskVerdict } from '../../../core/autopilot/autopilot.ts';

const count = (number: number, noun: string): string => (number === 1 ? `1 ${noun}` : `${number} ${noun}s`);

const reasons: Readonly<Record<EndReason, string>> = {
  'goal-met': 'the goal is met: every task is done, every check passes.',
  'tasks-done': 'every task is done; the project has no check, so nobody has verified that the goal is met.',
  'no-progress': 'no progress: two rounds in a row failed at the same.',
  'budget-spent': 'the budget is spent.',
  'rate-limited': 'the other models refuse for their limits.',
  'rounds-spent': 'that was the last round.',
  'time-spent': 'its time is over.',
  'not-continued': 'the conductor did not go on.',
  stopped: 'it was stopped.',
};

const outcomes: Readonly<Record<TaskVerdict['outcome'], string>> = {
  done: 'done',
  own: 'done by the conductor',
  failed: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
};

export const autopilot = {
  summary: 'work towards a goal in rounds, each verified, until it is met or a limit ends it',
  startSummary: 'set the goal of a session, with its checks and limits',
  roundSummary: 'hand out the tasks of a round, wait for them, verify',
  verifySummary: 'run the checks, and judge the round',
  showSummary: 'how far it is',
  guideSummary: 'what the conductor has to know of it',
  cancelSummary: 'end it, with the round that runs',
  argumentGoal: 'what is to be reached',
  argumentTasks:
    'YAML or JSON with tasks, as for `omcm batch`; - reads standard input; left out: wait for the open round',
  optionSession: 'the Claude Code session; default: the one that runs this command',
  optionCheck:
    "a command that passes when the goal is met; again for a further one; default: the project's own",
  optionNoChecks: 'verify by no command',
  optionRounds: 'how many rounds at most',
  optionBudget: 'how many tokens of other models in all rounds together',
  optionMinutes: 'how long at most',
  optionMore: 'a further round is planned, even if nothing fails in this one',
  optionWait: 'how many seconds to wait for the tasks',
  exampleStart: 'with a check of your own, and a budget',
  exampleRound: 'the tasks of a round, from standard input',
  exampleShow: 'for a script',
  noSession: () => 'It is not clear which session is meant.',
  noSessionHint: () => 'Inside Claude Code it is its own; elsewhere name it with --session ID.',
  noRound: () => 'No round is open.',
  noRoundHint: () =>
    'Hand one out with `omcm autopilot round FILE` (- for standard input), or judge with `omcm autopilot verify`.',
  started: (checks: readonly string[]) =>
    checks.length === 0
      ? 'Autopilot has begun. The project names no check; give one with --check, or nothing will verify the goal.'
      : `Autopilot has begun. Checks: ${checks.map((check) => `\`${check}\``).join(', ')}.`,
  running: (ended: number, tasks: number) =>
    `The round still runs: ${ended} of ${count(tasks, 'task')} ended.`,
  next: {
    planning: (round: number, rounds: number) =>
      `Next: plan round ${round} of at most ${rounds} for what failed and what is left, and hand it out with \`omcm autopilot round -\`.`,
    working: () => 'Next: `omcm autopilot round` waits for the round that runs.',
    own: (tasks: string) =>
      `Next: ${tasks} stayed on Claude and ${tasks.includes(',') ? 'are' : 'is'} yours: do that, then \`omcm autopilot verify\`.`,
  },
  title: (round: number, tasks: string, tokens: string) =>
    `Round ${round}: ${tasks}; ${tokens} tokens of other models`,
  noTasks: () => 'no tasks handed out',
  outcomes,
  failing: (what: string) => `  failing: ${what}`,
  check: (command: string, passed: boolean) => `check \`${command}\`: ${passed ? 'passed' : 'failed'}`,
  timedOut: (seconds: number) => `It took longer than ${seconds} s, and was ended.`,
  goal: (goal: string) => `Goal: ${goal}`,
  ended: (reason: EndReason) => `Autopilot has ended: ${reasons[reason]}`,
  spent: (rounds: number, tokens: string, took: string) =>
    `${count(rounds, 'round')}, ${tokens} tokens of other models, ${took}.`,
  report: () => 'Tell the user briefly what was done and why it ended, as it stands here.',
};
