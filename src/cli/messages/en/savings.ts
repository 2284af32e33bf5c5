import type { Grouping } from '../../../core/savings/sum-savings.ts';

const GROUPINGS: Readonly<Record<Grouping, string>> = {
  day: 'day',
  agent: 'agent',
  project: 'project',
  model: 'model',
};

export const savings = {
  summary: "what other models did in Claude's place: tokens, cost, and what it would have taken on Claude",
  optionBy: 'one row for each day, agent, project or model',
  optionSince: 'from then on: a date, or how long ago (30m, 24h, 7d, 4w)',
  optionCsv: 'the rows as CSV',
  optionExplain: 'each task with its line in the log, and how its figures follow from it',
  optionShadow: 'what the calls took on Claude that would have left it, had the mode not been shadow',
  exampleShadow: 'what another mode would have taken off Claude',
  exampleWeek: 'the last seven days, day by day',
  exampleCsv: 'for a spreadsheet',
  exampleExplain: 'where every figure comes from',
  groupings: GROUPINGS,
  columns: [
    'tasks',
    'tokens elsewhere',
    'cost',
    'on Claude',
    'answers',
    'saved',
    'saved',
  ] as readonly string[],
  shadowColumns: ['agent', 'would have gone to', 'calls', 'took on Claude'] as readonly string[],
  someUnknown: (calls: number, unknown: number) => `${calls}, of ${unknown} nothing is known`,
  noShadow: () => 'No call would have left Claude in shadow mode in this time.',
  shadowMethod: () =>
    'Measured, from transcripts. What the other model would have taken, and its answer the lead session, nobody knows.',
  total: () => 'total',
  since: (time: string) => `since ${time}`,
  someFailed: (tasks: number, failed: number) => `${tasks}, ${failed} failed`,
  unknown: (): string => 'unknown',
  partlyKnown: (known: string, unknown: number) => `${known}, ${unknown} unknown`,
  nothing: () => 'No routed task has ended in this time.',
  claude: (lead: string, subagents: string) =>
    `Claude itself, from its transcripts: lead session ${lead}, subagents ${subagents}`,
  noClaude: () =>
    'What Claude itself spent is not known: no transcript of a session was followed in this time.',
  method: () =>
    '~ is an estimate: the same tokens on Claude, from new input and answer alone up to all, cached and reasoning too; less the answer that the lead session had to read.',
  prices: (asOf: string, source: string) =>
    `Claude's prices as of ${asOf}, ${source}; your own: savings.prices`,
  explained: (tasks: string, claude: string) =>
    `Each task below is the line with its requestId in ${tasks}. What Claude spent: ${claude}, the last line of each messageId.`,
  used: (input: number, output: number, reasoning: number, cacheRead: number, cacheWrite: number) =>
    `${input} input, ${cacheRead} from cache, ${cacheWrite} into cache, ${output} output, ${reasoning} reasoning`,
  reported: (costUsd: number) => (costUsd === 0 ? 'no cost was reported' : `$${costUsd} reported`),
  onClaude: (model: string, tokens: string, usd: string) => `on ${model}: ${tokens} tokens, ${usd}`,
  answer: (tokens: number) => `answer to the lead session: ~${tokens} tokens`,
  failed: (code: string) => `failed (${code}): nothing was saved`,
  saved: (tokens: string, usd: string, costUnknown: boolean) =>
    `saved: ${tokens} tokens, ${usd}${costUnknown ? ' (its cost is not known)' : ''}`,
};
