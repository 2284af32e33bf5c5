export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

export type Summary = {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly n: number;
};

export function summarise(values: readonly number[]): Summary {
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    min: round(Math.min(...values)),
    median: round(median(values)),
    max: round(Math.max(...values)),
    n: values.length,
  };
}
