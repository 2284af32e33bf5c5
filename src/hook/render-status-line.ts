export type StatusWindow = {
  readonly kind: string;
  readonly percent: number;
  readonly resetsAt: number | null;
};

const LABELS: ReadonlyMap<string, string> = new Map([
  ['five_hour', '5h'],
  ['seven_day', '7d'],
]);

/** `OMCM 5h 42% · 7d 17%`, and whether other models answer for Claude now. */
export function renderStatusLine(windows: readonly StatusWindow[], fallbackActive: boolean): string {
  const spent = windows.flatMap(({ kind, percent }) => {
    const label = LABELS.get(kind);
    return label === undefined ? [] : [`${label} ${Math.floor(percent)}%`];
  });
  const parts = [...spent, ...(fallbackActive ? ['fallback'] : [])];
  return ['OMCM', parts.join(' · ')].filter(Boolean).join(' ');
}
