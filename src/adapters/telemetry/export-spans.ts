// Gives trees of spans to OpenTelemetry's SDK, which sends them to a collector by OTLP over HTTP, as JSON. Loaded only
// where a collector is configured.
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { TraceParent } from '../../core/tracing/trace-parent.ts';
import type { TraceSpan } from '../../core/tracing/trace-span.ts';

export type SpanExport = {
  send(root: TraceSpan, parent: TraceParent | null): void;
  /** Sends what waits, and ends. */
  stop(): Promise<void>;
};

export type SpanExportOptions = {
  /** Left out: as OTEL_EXPORTER_OTLP_… say. */
  readonly url?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly version: string;
  readonly onFailure: (message: string) => void;
};

const SEND_EVERY_MS = 1_000;
/** A collector that hangs must not hold up the daemon's end. */
const SEND_LIMIT_MS = 3_000;

export function openSpanExport({ url, headers, version, onFailure }: SpanExportOptions): SpanExport {
  const exporter = new OTLPTraceExporter({
    ...(url === undefined ? {} : { url }),
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    timeoutMillis: SEND_LIMIT_MS,
  });
  const told: Pick<OTLPTraceExporter, 'export' | 'shutdown' | 'forceFlush'> = {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error !== undefined) onFailure(String(result.error));
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
  };
  const processor = new BatchSpanProcessor(told, {
    scheduledDelayMillis: SEND_EVERY_MS,
    exportTimeoutMillis: SEND_LIMIT_MS,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'omcm', 'service.version': version }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('omcm', version);
  return {
    send: (root, parent) => sendSpan(tracer, root, contextOf(parent)),
    stop: async () => {
      await provider.shutdown().catch((error: unknown) => onFailure(String(error)));
    },
  };
}

function contextOf(parent: TraceParent | null): Context {
  if (parent === null) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags, isRemote: true });
}

function sendSpan(tracer: Tracer, span: TraceSpan, context: Context): void {
  const { name, startMs, endMs, attributes, error, children } = span;
  const kind = span.kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL;
  const open = tracer.startSpan(name, { kind, startTime: startMs, attributes: { ...attributes } }, context);
  if (error !== null) {
    open.setAttribute('error.type', error);
    open.setStatus({ code: SpanStatusCode.ERROR, message: error });
  }
  const within = trace.setSpan(context, open);
  for (const child of children) sendSpan(tracer, child, within);
  open.end(endMs);
}
