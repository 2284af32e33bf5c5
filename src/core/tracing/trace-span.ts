// A span as a plain value, with those beneath it. Times in milliseconds since the epoch.

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export type TraceSpan = {
  readonly name: string;
  /** `client`: somebody else was asked. */
  readonly kind: 'internal' | 'client';
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  /** The code of what went wrong; `null` where nothing did. */
  readonly error: string | null;
  readonly children: readonly TraceSpan[];
};
