const tasks = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);
const rounded = (value: number): number => Math.round(value * 100) / 100;
const didYouMean = (suggestion: string | null): string =>
  suggestion === null ? '' : ` Did you mean "${suggestion}"?`;

export const batch = {
  summary: 'have many tasks done at once, each as soon as what it needs is done and its files are free',
  argumentFile:
    'YAML or JSON: {tasks: [{id, agent, prompt, files, dependsOn, priority, estimate}]}; - reads standard input',
  optionGraph: 'print the plan, as a table and as a Mermaid graph; nothing is run',
  optionWorkers: 'how many may run at once (default: routing.maxOpencodeWorkers)',
  optionOnFailure: 'continue, stop (nothing starts any more) or cancel; default: continue',
  optionDetach: 'Ctrl-C leaves the run to itself, in place of cancelling it',
  optionBudget: 'start nothing more once so many tokens are spent',
  optionWorktrees:
    'auto, always or never: whether tasks that write get a git worktree each; default: as configured',
  exampleRun: 'all tasks of the file, as long as the tokens last',
  exampleGraph: 'the order in which the tasks would start, and the graph',
  exampleJson: 'the same for a script, with eight at once',
  columns: ['from', 'to', 'task', 'agent', 'after'] as readonly string[],
  forecast: (
    count: number,
    workers: number,
    { makespan, lowerBound }: { readonly makespan: number; readonly lowerBound: number },
  ) =>
    `${tasks(count)}, at most ${workers} at once: ~${rounded(makespan)} by their estimates; no order takes less than ~${rounded(lowerBound)}.`,
  noFile: () => 'There is no such file.',
  invalid: (at: string, expected: string, received: string) =>
    `${at === '' ? '' : `${at}: `}expected ${expected}, and it is ${received}.`,
  unknownKey: (at: string, suggestion: string | null) => `${at} means nothing.${didYouMean(suggestion)}`,
  duplicateId: (id: string) => `more than one task has the id "${id}".`,
  unknownDependency: (id: string, dependency: string, suggestion: string | null) =>
    `"${id}" depends on "${dependency}", which is not there.${didYouMean(suggestion)}`,
  cycle: (chain: string) => `these wait for each other: ${chain}.`,
};
