import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

// What POST /subscriptions answered; after a rotation the new one.
const webhook = new Webhook(process.env['WEBHOOK_SECRET']!);
const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
const newest = new Map<string, string>(); // keep it where it outlives the process

/** Throws unless it is signed by Baton, just now. */
function receive(body: string, headers: NodeJS.Dict<string | string[]>): void {
  webhook.verify(body, Object.fromEntries(signed.map((name) => [name, String(headers[name])])));
  const { type, subject, sequence, data } = JSON.parse(body);
  // What came before comes again where the answer to it was lost.
  if (sequence <= (newest.get(subject) ?? '')) return;
  newest.set(subject, sequence);
  console.log(`${subject} ${sequence} ${type} ${JSON.stringify(data)}`);
}

const server = createServer((request, response) => {
  text(request)
    .then((body) => receive(body, request.headers))
    .then(
      () => response.writeHead(204).end(),
      () => response.writeHead(401).end(), // anything but 2xx, and it comes again
    );
});
server.listen(Number(process.env['PORT'] ?? 9000), '127.0.0.1', () => console.log('listening', server.address()));
