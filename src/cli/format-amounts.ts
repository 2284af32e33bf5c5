// Numbers as people read them: 1.2k tokens, $0.0029, 3.2 s.

export function formatTokens(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 999_500) return `${shorten(count / 1_000)}k`;
  return `${shorten(count / 1_000_000)}M`;
}

/** Two digits that say something: a cent is much for one subagent. */
export function formatDollars(amount: number): string {
  return `$${amount < 0.995 ? Number(amount.toPrecision(2)) : amount.toFixed(2)}`;
}

export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`;
}

function shorten(value: number): string {
  return value < 99.95 ? String(Number(value.toFixed(1))) : String(Math.round(value));
}
