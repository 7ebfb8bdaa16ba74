import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge, Registry } from '@prometheus-io/client';
import { CannotStart } from '../environment/cannot-start.ts';
import { workerMetrics } from '../telemetry/workers.ts';
import type { Workers } from './serve.ts';

export interface MetricsPage {
  /** With `/metrics`. */
  url: string;
  close(): Promise<void>;
}

interface PageOptions {
  port: number;
  host?: string;
  /** Where the SDK of Temporal counts. */
  sdkMetrics: string;
  workers: Pick<Workers, 'status'>;
  build?: string | undefined;
}

const patienceMs = 2_000;

/**
 * Serves `/metrics` of this worker process: what is counted here, and after it what the SDK of Temporal counts. Whoever reaches the
 * port may read it. Throws `CannotStart` where the port is taken.
 */
export async function serveMetrics(options: PageOptions): Promise<MetricsPage> {
  const { port, host = '127.0.0.1' } = options;
  const server = createServer({ requestTimeout: 10_000 }, (req, res) => {
    if (req.url !== '/metrics' || req.method !== 'GET') return void res.writeHead(404).end();
    page(options).then(
      (text) => res.writeHead(200, { 'content-type': workerMetrics.contentType }).end(text),
      () => res.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new CannotStart(`WORKER_METRICS_PORT: ${host}:${port} cannot be listened on.`, { cause })),
    );
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function page({ sdkMetrics, workers, build }: PageOptions): Promise<string> {
  const registry = Registry.merge([workerMetrics, stateOf(workers, build)]);
  const [ours, theirs] = await Promise.all([registry.metrics(), countedBySdk(sdkMetrics)]);
  return `${ours}${theirs}`;
}

/** What the workers of this process are doing now. */
function stateOf(workers: PageOptions['workers'], build = ''): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames = ['kind']) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const running = gauge('baton_worker_running', 'Whether the worker of a kind takes work', ['kind', 'build']);
  const cached = gauge('baton_worker_cached_cases', 'Cases that are kept in memory');
  const steps = gauge('baton_worker_steps_under_way', 'Steps that are being done');
  for (const { kind, isRunning, cachedCases, stepsUnderWay } of workers.status()) {
    running.set({ kind, build }, isRunning ? 1 : 0);
    cached.set({ kind }, cachedCases);
    steps.set({ kind }, stepsUnderWay);
  }
  return registry;
}

async function countedBySdk(address: string): Promise<string> {
  const answer = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error('the SDK of Temporal does not say what it counted');
  return answer.text();
}
