/** One part of the benchmark, with its baseline measured in the same run. */
export type Section = {
  /** As it is named on the command line. */
  readonly name: string;
  readonly about: string;
  readonly measure: () => Promise<Findings>;
};

export type Findings = {
  readonly rows: readonly Row[];
  /** Lines for a person, beside the rows. */
  readonly notes: readonly string[];
  /** Everything that was measured, for `--json`. */
  readonly data: unknown;
};

export type Row = {
  readonly figure: string;
  readonly measured: number;
  readonly limit: string;
  readonly holds: boolean;
};

export function atMost(figure: string, measured: number, [limit, unit]: readonly [number, string]): Row {
  return { figure, measured, limit: `<= ${limit} ${unit}`, holds: measured <= limit };
}

export function atLeast(figure: string, measured: number, [limit, unit]: readonly [number, string]): Row {
  return { figure, measured, limit: `>= ${limit} ${unit}`, holds: measured >= limit };
}
