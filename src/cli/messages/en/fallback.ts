import type { FallbackStatus } from '../../../protocol/quota.ts';

type Reading = FallbackStatus['readings'][number];

const WINDOWS: Readonly<Record<Reading['window'], string>> = { fiveHour: 'five hours', weekly: 'a week' };

const SOURCES: ReadonlyMap<string | null, string> = new Map([
  ['mod', 'the session'],
  ['status-line', 'the status line'],
  ['limit-message', 'a refusal'],
  ['usage-endpoint', "Claude's usage page"],
]);

export const fallback = {
  summary: 'whether Claude is out: see it, switch it by hand, let it decide by itself',
  statusSummary: 'show whether it is on, why, and how much of Claude is spent',
  onSummary: 'other models answer every subagent, until you say otherwise',
  offSummary: 'never by itself, whatever is spent, until you say otherwise',
  autoSummary: 'on when a window of Claude is spent, off when it is back',
  exampleStatus: 'for a script',
  exampleOn: 'spare Claude from now on',
  exampleAuto: 'let the readings decide again',
  active: (reason: string) => `on: ${reason}`,
  inactive: () => 'off',
  by: { on: 'switched on by hand', off: 'held off by hand', auto: 'by itself' },
  underneath: (would: 'on' | 'off') => `by itself it would be ${would}`,
  since: (time: string) => `since ${time}`,
  until: (time: string) => `the window that is spent resets at ${time}`,
  unread: () => 'nobody has read how much of Claude is spent, so nothing switches by itself',
  columns: ['window', 'spent', 'resets', 'read', 'by'] as readonly string[],
  window: (window: Reading['window']) => WINDOWS[window],
  source: (source: Reading['source']) => SOURCES.get(source) ?? 'another tool',
  outdated: (percent: string) => `(${percent})`,
  ago: (duration: string) => `${duration} ago`,
  pace: (window: string, percent: number, spentAt: string | null) =>
    `at this pace ${window} will be at ${percent} % at the reset${spentAt === null ? '' : `; spent at ${spentAt}`}`,
  paceLevel: (level: number) =>
    level === 0 ? 'routing by pace: nothing is shifted' : `routing by pace: level ${level} of 3`,
  rule: (threshold: number) => `on from ${threshold} % of either window`,
  chain: (models: string) => `where an agent's own models are out: ${models}`,
  noDaemon: () => 'The daemon does not run; this is what the state files say.',
};
