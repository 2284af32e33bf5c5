/** Times are milliseconds since the epoch everywhere in the core. */
export type QuotaWindow = 'fiveHour' | 'weekly';

/** Who said it: the session itself, its status line, a refusal that Claude Code met, or Claude's usage page. */
export type QuotaSource = 'mod' | 'status-line' | 'limit-message' | 'usage-endpoint';

/** One reading of how much of a window is spent. */
export type WindowReading = {
  /** 0 to 100. */
  readonly percent: number;
  readonly resetsAt: number | null;
  readonly readAt: number;
  /** Left out where another tool wrote it. */
  readonly source?: QuotaSource | undefined;
};

export const QUOTA_WINDOWS = ['fiveHour', 'weekly'] as const satisfies readonly QuotaWindow[];

/** `null`: nobody has told us (API-key users, a fresh install). It is not the same as 0 %. */
export type QuotaReadings = { readonly [W in QuotaWindow]: WindowReading | null };

export const NO_READINGS: QuotaReadings = { fiveHour: null, weekly: null };
