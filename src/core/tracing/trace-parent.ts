// W3C Trace Context: which trace and which span of somebody else's does a call belong to?

export type TraceParent = {
  readonly traceId: string;
  readonly spanId: string;
  /** The lowest bit: it is recorded there. */
  readonly flags: number;
};

const FORM = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** `null` for anything else: a trace of our own is better than none. */
export function parseTraceParent(text: string | undefined): TraceParent | null {
  const [, traceId = '', spanId = '', flags = ''] = FORM.exec(text ?? '') ?? [];
  if (!/[1-9a-f]/.test(traceId) || !/[1-9a-f]/.test(spanId)) return null;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}
