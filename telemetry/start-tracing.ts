import type { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry-v2';
import { useTracing } from './tracing.ts';

export interface Traced {
  /** For every client, worker and bundle of this process. */
  plugins: OpenTelemetryPlugin[];
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Traces go to `OTEL_EXPORTER_OTLP_ENDPOINT`; where it is not set, nothing of OpenTelemetry's SDK is loaded. */
export async function startTracing({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
}: {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
}): Promise<Traced> {
  if (endpoint === undefined) return { plugins: [], close: async () => undefined };
  const { openTelemetry } = await import('./open-telemetry.ts');
  const { tracing, plugin, close } = openTelemetry(endpoint);
  useTracing(tracing);
  return { plugins: [plugin], close };
}
