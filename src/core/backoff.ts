export type BackoffLimits = { readonly baseMs: number; readonly factor: number; readonly capMs: number };

/** How long to wait after so many failures in a row. */
export function backoffMs(failures: number, { baseMs, factor, capMs }: BackoffLimits): number {
  return Math.min(capMs, baseMs * factor ** Math.max(0, failures - 1));
}
