/** Times are milliseconds since the epoch everywhere in the core. */
export type QuotaWindow = 'fiveHour' | 'weekly';

/** One reading of how much of a window is spent. */
export type WindowReading = {
  /** 0 to 100. */
  readonly percent: number;
  readonly resetsAt: number | null;
  readonly readAt: number;
};

/** `null`: nobody has told us (API-key users, a fresh install). It is not the same as 0 %. */
export type QuotaReadings = { readonly [W in QuotaWindow]: WindowReading | null };

export const NO_READINGS: QuotaReadings = { fiveHour: null, weekly: null };
