const calls = (count: number): string => (count === 1 ? '1 call' : `${count} calls`);

export const replay = {
  summary: 'tell what another configuration would have done with the calls in the log',
  optionConfig: 'the other configuration, over the defaults; where it says no mode, the one of then holds',
  optionSince: 'only calls since then: 2026-01-28, 36h, 7d',
  exampleAll: 'all calls that the log still has',
  exampleSince: 'those of the last week, for a script',
  noFile: (file: string) => `There is no file ${file}.`,
  nothing: (count: number) => `Nothing would have been otherwise in ${calls(count)}.`,
  changed: (changed: number, count: number) =>
    `${changed} of ${calls(count)} would have been answered by somebody else:`,
  toOthers: (count: number, tokens: string) => `${calls(count)} would have left Claude: ${tokens} tokens`,
  toClaude: (count: number, tokens: string) => `${calls(count)} would have gone to Claude: ${tokens} tokens`,
  toNobody: (count: number, tokens: string) => `${calls(count)} would have been blocked: ${tokens} tokens`,
  between: (count: number, tokens: string) =>
    `${calls(count)} would have gone to another model: ${tokens} tokens`,
  unmeasured: () => 'unmeasured',
  columns: ['agent', 'answered by', 'would be', 'because', 'calls'] as readonly string[],
  skipped: (count: number) =>
    `${calls(count)} left out: the log does not say what they were decided from, or the task itself decided.`,
};
