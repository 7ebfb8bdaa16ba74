import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a client and a real server, so that the server can go away for one client and come back. */
export interface ServerProxy {
  address: string;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

/** Away at first; 127.0.0.1 at a port that stays the same. */
export async function serverProxy(target: string): Promise<ServerProxy> {
  const [host, port] = target.split(':') as [string, string];
  const open = new Set<Socket>();
  let server: Server | undefined;
  const listen = async (on: number) => {
    server = createServer((client) => {
      const upstream = connect(Number(port), host);
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        open.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => (open.delete(from), to.destroy()));
        from.pipe(to);
      }
    });
    server.listen(on, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const goAway = async () => {
    const closed = server && once(server, 'close');
    server?.close();
    server = undefined;
    for (const socket of open) socket.destroy();
    await closed;
  };
  const own = await listen(0);
  await goAway();
  return { address: `127.0.0.1:${own}`, goAway, comeBack: async () => void (await listen(own)) };
}
