/** When the day of the machine's own clock began in which a moment lies. */
export function startOfLocalDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** As people write it: 2026-01-28. By the clock on the user's wall. */
export function nameLocalDay(at: number): string {
  const day = new Date(at);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}
