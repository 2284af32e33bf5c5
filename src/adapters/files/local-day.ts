/** When the day of the machine's own clock began in which a moment lies. */
export function startOfLocalDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
