import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP over HTTP has it, its attributes made plain. */
export interface Collected {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  attributes: Record<string, unknown>;
  events: unknown[];
  status: { code?: number; message?: string };
  service: unknown;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}
type Sent = Pick<Collected, 'traceId' | 'spanId' | 'name'>;
interface Exported {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Partial<Omit<Collected, 'attributes'>> & Sent & { attributes?: Attribute[] })[] }[];
  }[];
}

const plain = (attributes: Attribute[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** A collector that takes OTLP over HTTP as JSON, and keeps what it was sent. */
export async function collector() {
  const spans: Collected[] = [];
  const bodies: string[] = [];
  const keep = ({ resourceSpans }: Exported) => {
    for (const { resource, scopeSpans } of resourceSpans)
      for (const one of scopeSpans.flatMap((scope) => scope.spans)) {
        const { parentSpanId = '', events = [], status = {} } = one;
        const service = plain(resource.attributes)['service.name'];
        spans.push({ ...one, parentSpanId, events, status, service, attributes: plain(one.attributes) });
      }
  };
  const server = createServer((req, res) => {
    if (req.method !== 'POST' || req.url !== '/v1/traces' || req.headers['content-type'] !== 'application/json')
      return void res.writeHead(415).end();
    let body = '';
    req.setEncoding('utf8').on('data', (chunk: string) => void (body += chunk));
    req.on('end', () => {
      bodies.push(body);
      keep(JSON.parse(body) as Exported);
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ spans, bodies },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}
