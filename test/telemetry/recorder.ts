import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Stands before a part and notes what it is asked, head and body, as it comes. */
export async function recorder(url: string) {
  const target = new URL(url);
  let asked = '';
  const server = createServer((client) => {
    const part = connect(Number(target.port), target.hostname);
    client.on('data', (chunk) => void (asked += chunk.toString()));
    for (const socket of [client, part]) socket.on('error', () => (client.destroy(), part.destroy()));
    client.pipe(part).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const before = Object.assign(new URL(url), { port: String((server.address() as AddressInfo).port) });
  return {
    url: before.href.replace(/\/$/, ''),
    asked: () => asked,
    close: () => void server.close(),
  };
}
