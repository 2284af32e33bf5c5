// One metric as Prometheus knows it: a name, what it means, and a value for each set of labels.

export type Labels = Readonly<Record<string, string>>;

export type Sample = {
  /** Where it is not the family's: `…_bucket`, `…_sum` and `…_count` of a histogram. */
  readonly name?: string;
  readonly labels: Labels;
  readonly value: number;
};

export type MetricFamily = {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly Sample[];
};
