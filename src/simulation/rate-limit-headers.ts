/** The headers by which Anthropic's API tells a subscriber how much of the windows is spent. */
export function rateLimitHeaders({
  percent,
  resetsAt,
  weekly = 20,
}: {
  readonly percent: number;
  /** Milliseconds since the epoch; the API knows whole seconds. */
  readonly resetsAt: number;
  readonly weekly?: number;
}): Readonly<Record<string, string>> {
  const prefix = 'anthropic-ratelimit-unified';
  const seconds = String(Math.round(resetsAt / 1_000));
  return {
    [`${prefix}-status`]: 'allowed',
    [`${prefix}-reset`]: seconds,
    [`${prefix}-representative-claim`]: 'five_hour',
    [`${prefix}-5h-status`]: 'allowed',
    [`${prefix}-5h-utilization`]: String(percent / 100),
    [`${prefix}-5h-reset`]: seconds,
    [`${prefix}-7d-status`]: 'allowed',
    [`${prefix}-7d-utilization`]: String(weekly / 100),
    [`${prefix}-7d-reset`]: String(Math.round(resetsAt / 1_000) + 3 * 86_400),
    [`${prefix}-overage-status`]: 'rejected',
  };
}
