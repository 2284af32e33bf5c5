/** One part of the benchmark: what it measures is told by its rows, which have a limit, and its lines, which have none. */
export type Row = {
  readonly figure: string;
  readonly measured: number;
  readonly limit: string;
  readonly holds: boolean;
};

export type Findings = {
  readonly rows: readonly Row[];
  readonly lines: readonly string[];
};

export type Section = {
  /** As it is asked for: `npm run bench -- NAME`. */
  readonly name: string;
  readonly about: string;
  readonly measure: () => Promise<Findings>;
};
