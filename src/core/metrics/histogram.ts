/** How many values were how large, as Prometheus counts them. Changed in place: it is on the way of every call. */
import type { Labels, Sample } from './metric-family.ts';

export type Histogram = {
  add(value: number): void;
  /** `name`: of the family. */
  samples(name: string, labels?: Labels): readonly Sample[];
};

/** `bounds`: the upper ends, rising. */
export function createHistogram(bounds: readonly number[]): Histogram {
  const counts = new Array<number>(bounds.length).fill(0);
  let sum = 0;
  let count = 0;

  return {
    add: (value) => {
      sum += value;
      count += 1;
      const at = bounds.findIndex((bound) => value <= bound);
      if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
    },
    samples: (name, labels = {}) => {
      let below = 0;
      const buckets = bounds.map((bound, at) => {
        below += counts[at] ?? 0;
        return { name: `${name}_bucket`, labels: { ...labels, le: String(bound) }, value: below };
      });
      return [
        ...buckets,
        { name: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
        { name: `${name}_sum`, labels, value: sum },
        { name: `${name}_count`, labels, value: count },
      ];
    },
  };
}
