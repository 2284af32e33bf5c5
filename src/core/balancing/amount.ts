/** Far above any time, token count or price that is meant, and small enough to be added up for ever. */
export const LARGEST_AMOUNT = Number.MAX_SAFE_INTEGER;

/** A figure that somebody measured; a clock that was turned back in between makes it none. */
export function isAmount(value: number): boolean {
  return value >= 0 && value <= LARGEST_AMOUNT;
}
