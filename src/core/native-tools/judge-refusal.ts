/** Claude has answered 429: is one of its windows spent, and until when? Any other refusal is Claude Code's to bear. */

export type SpentWindow = {
  /** Milliseconds since the epoch; `null`: it does not say. */
  readonly until: number | null;
};

/** What the API says of a subscriber's windows with each answer. */
const WINDOW_HEADERS = ['anthropic-ratelimit-unified-status', 'anthropic-ratelimit-unified-reset'] as const;

export function judgeRefusal(headers: Readonly<Record<string, string>>): SpentWindow | null {
  const [status, reset] = WINDOW_HEADERS.map((name) => headers[name]);
  if (status !== 'rejected') return null;
  const seconds = Number(reset);
  return { until: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null };
}
