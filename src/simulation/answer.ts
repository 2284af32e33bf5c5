// What a simulated provider says to one request, whichever vendor's wire format it is asked in.

export interface ToolUse {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Usage {
  readonly input: number;
  readonly output: number;
}

export interface Answer {
  readonly text?: string;
  readonly toolUses?: readonly ToolUse[];
  /** Left out: in proportion to what was really received and said, see `proportional-usage.ts`. */
  readonly usage?: Usage;
  /** Silence before the first byte. */
  readonly delayMs?: number;
  /** Silence before each chunk of the stream. */
  readonly chunkDelayMs?: number;
  readonly chunkChars?: number;
  /** Added to the response, e.g. the rate-limit headers of a subscription. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault?: Fault;
}

export type RefusalKind = 'rate-limit' | 'quota-exhausted' | 'server-error' | 'overloaded' | 'refused-key';

/**
 * A refusal is an error status in the vendor's own words. A `stall` or a `drop` comes in the middle of the
 * answer's stream, after its first chunks; the rest of the answer is never sent.
 */
export type Fault =
  | { readonly kind: RefusalKind; readonly retryAfterSeconds?: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'stall' | 'drop'; readonly afterChunks?: number }
  | { readonly kind: 'empty-body' | 'garbage-body' };
