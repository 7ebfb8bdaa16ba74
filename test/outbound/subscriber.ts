import { createHmac } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Told {
  headers: http.IncomingHttpHeaders;
  body: string;
  event: any;
  status: number;
}

/** How it answers: a status, or an answer of its own. */
export type Behaviour = (event: any, res: ServerResponse, req: IncomingMessage) => number | undefined;

/** Somebody else's server, which keeps all that it is told. */
export async function subscriber() {
  const told: Told[] = [];
  let behave: Behaviour = () => 204;
  let [open, mostOpen] = [0, 0];
  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    mostOpen = Math.max(mostOpen, ++open);
    res.on('close', () => open--);
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const event = JSON.parse(body);
      const status = behave(event, res, req);
      told.push({ headers: req.headers, body, event, status: status ?? 0 });
      if (status !== undefined && !res.writableEnded) res.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    told,
    mostOpen: () => mostOpen,
    behaves: (next: Behaviour) => void (behave = next),
    /** The ids of what it took, in the order in which it came. */
    taken: () => told.filter(({ status }) => status < 300 && status > 0).map(({ event }) => event.id as string),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Subscriber = Awaited<ReturnType<typeof subscriber>>;

/** As the specification of Standard Webhooks says it, apart from our own code: whether one of the signatures is by this secret. */
export function isSignedBy(secret: string, { headers, body }: Pick<Told, 'headers' | 'body'>): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}
