// A collector of traces: takes OTLP over HTTP as JSON, and keeps what it was sent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type ReceivedSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** 2: an error. */
  readonly status: number | undefined;
};

export type Collector = {
  readonly url: string;
  readonly spans: () => readonly ReceivedSpan[];
  /** What came, as it came. */
  readonly texts: readonly string[];
};

type Value = {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly doubleValue?: number;
} & {
  readonly intValue?: number | string;
};
type Attribute = { readonly key: string; readonly value: Value };
type Span = Omit<ReceivedSpan, 'startNs' | 'endNs' | 'attributes' | 'status'> & {
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status?: { readonly code?: number };
};
type Sent = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };

export async function useCollector(): Promise<Collector> {
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    if (request.url === '/v1/traces' && request.headers['content-type'] === 'application/json')
      texts.push(text);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, texts, spans: () => texts.flatMap(spansIn) };
}

function spansIn(text: string): readonly ReceivedSpan[] {
  const { resourceSpans } = JSON.parse(text) as Sent;
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans)
    .map((span) => ({
      traceId: span.traceId,
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      name: span.name,
      startNs: BigInt(span.startTimeUnixNano),
      endNs: BigInt(span.endTimeUnixNano),
      attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, plain(value)])),
      status: span.status?.code,
    }));
}

function plain({ stringValue, boolValue, doubleValue, intValue }: Value): unknown {
  return stringValue ?? boolValue ?? doubleValue ?? (intValue === undefined ? undefined : Number(intValue));
}

export type SpanNode = { readonly name: string; readonly children: readonly SpanNode[] };

/** Names alone, in the order of their beginnings. */
export function treeOf(spans: readonly ReceivedSpan[], root: ReceivedSpan): SpanNode {
  const children = spans
    .filter(({ parentSpanId }) => parentSpanId === root.spanId)
    .sort((a, b) => Number(a.startNs - b.startNs));
  return { name: root.name, children: children.map((child) => treeOf(spans, child)) };
}
