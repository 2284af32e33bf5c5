/** By the clock on the user's wall; with the day where it is not today's. */
export function formatMoment(at: number, now: number): string {
  const [moment, today] = [new Date(at), new Date(now)];
  const pad = (value: number) => String(value).padStart(2, '0');
  const time = `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
  if (moment.toDateString() === today.toDateString()) return time;
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())} ${time}`;
}
