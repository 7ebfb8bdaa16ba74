import {
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type Span as OpenSpan,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry-v2';
import { withoutContent } from './without-content.ts';
import { silent, type Span, type Tracing } from './tracing.ts';

/** Sends traces by OTLP over HTTP, as JSON; `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SERVICE_NAME` and `OTEL_TRACES_SAMPLER` are read by the SDK. */
export function openTelemetry(endpoint: string) {
  const resource = resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] || 'baton' });
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const spanProcessor = new BatchSpanProcessor(withoutContent(exporter));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [spanProcessor] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator()); // no baggage: it may hold anything
  return {
    tracing: byTracer(),
    plugin: new OpenTelemetryPlugin({ resource, spanProcessor }),
    close: () => provider.shutdown(),
  };
}

function byTracer(): Tracing {
  const tracer = trace.getTracer('baton');
  return {
    enter({ name, attributes = {}, traceparent }, body) {
      const from = traceparent ? extract(traceparent) : context.active();
      return tracer.startActiveSpan(name, { kind: SpanKind.SERVER, attributes }, from, (span) => ended(span, body));
    },
    call({ name, attributes = {} }, body) {
      if (!trace.getActiveSpan()) return body(silent);
      return tracer.startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, (span) => ended(span, body));
    },
    headers() {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier, defaultTextMapSetter);
      return carrier.traceparent === undefined ? {} : { traceparent: carrier.traceparent };
    },
  };
}

const extract = (traceparent: string) => propagation.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);

async function ended<T>(span: OpenSpan, body: (span: Span) => Promise<T>): Promise<T> {
  const told: Span = {
    say: (attributes) => void span.setAttributes(attributes),
    rename: (name) => void span.updateName(name),
  };
  try {
    return await body(told);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', name);
    throw error;
  } finally {
    span.end();
  }
}
